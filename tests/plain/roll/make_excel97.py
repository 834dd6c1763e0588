"""Writes excel97.xls and years97.xls, which no Rust crate at hand can write.

    pip install xlwt==1.3.0 && python3 tests/plain/roll/make_excel97.py

Everybody in them is invented.
"""

import datetime
import pathlib

import xlwt

book = xlwt.Workbook()
sheet = book.add_sheet("Sheet1")
date = xlwt.easyxf(num_format_str="yyyy-m-d")
for column, heading in enumerate(["小组", "姓名", "出生日期", "身份证号"]):
    sheet.write(0, column, heading)
for row, (group, name, birth) in enumerate(
    [("一组", "张三", datetime.date(1987, 3, 5)), ("二组", "李四", datetime.date(1990, 1, 2))], start=1
):
    sheet.write(row, 0, group)
    sheet.write(row, 1, name)
    sheet.write(row, 2, birth, date)
sheet.write(2, 3, 4.40106199001021e17)
book.save(pathlib.Path(__file__).with_name("excel97.xls"))

book = xlwt.Workbook()
sheet = book.add_sheet("Sheet1")
for column, heading in enumerate(["姓名", "出生日期", "小组"]):
    sheet.write(0, column, heading)
for row, (name, birth, shown, group) in enumerate(
    [
        ("张三", datetime.date(1987, 1, 1), "yyyy", "一组"),
        ("李四", datetime.date(1999, 1, 1), 'yyyy"年"', "二组"),
    ],
    start=1,
):
    sheet.write(row, 0, name)
    sheet.write(row, 1, birth, xlwt.easyxf(num_format_str=shown))
    sheet.write(row, 2, group)
book.save(pathlib.Path(__file__).with_name("years97.xls"))
