#!/usr/bin/env bash
# Signs a program or an installer of Windows, and checks the signature:
#
#     sign-windows.sh FILE CERTIFICATE.pfx PASSWORD-FILE [TIME-STAMP-ADDRESS]
#     sign-windows.sh --try FILE    with a certificate made for this one time
#
# The signed file is other bytes than what everybody can build; sums are taken after it.
set -euo pipefail

sign() {
  local file=$1 certificate=$2 password=$3 stamp=${4:-}
  osslsigncode sign -pkcs12 "$certificate" -readpass "$password" -h sha256 \
    -n "张榜" ${stamp:+-ts "$stamp"} -in "$file" -out "$file.signed"
  mv "$file.signed" "$file"
}

if [ "$1" != --try ]; then
  sign "$@"
  osslsigncode verify -in "$1"
  exit
fi
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$(dirname "$2")"
file=$work/$(basename "$2")
cp "$(basename "$2")" "$file"
cd "$work"
openssl rand -hex 16 >password
openssl req -x509 -newkey rsa:3072 -sha256 -days 2 -nodes -subj '/CN=Zhangbang (test)' \
  -addext extendedKeyUsage=codeSigning -addext keyUsage=digitalSignature \
  -keyout key.pem -out certificate.pem 2>/dev/null
openssl pkcs12 -export -inkey key.pem -in certificate.pem -out certificate.pfx -passout file:password
sign "$file" certificate.pfx password
osslsigncode verify -CAfile certificate.pem -in "$file" | grep -q 'Signature verification: ok'
# One byte of the program changed, and it must not hold.
printf '\xff' | dd of="$file" bs=1 seek=4096 conv=notrunc status=none
if osslsigncode verify -CAfile certificate.pem -in "$file" >/dev/null 2>&1; then
  echo "A changed file passes: the signature is worth nothing." >&2
  exit 1
fi
echo "Signed, verified, and a changed byte is seen: $(basename "$file")"
