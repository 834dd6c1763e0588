"""Prints the days off of the traditional festivals, as two calendars tell them
that have nothing in common: the tables of `lunardate`, and the sun and the moon
by `ephem`. One line a year, festival and calendar: `2027 春节 tables 2027-02-05 …`.
"""

import datetime
import math
import sys

import ephem
import lunardate

DAY = datetime.timedelta(days=1)
BEIJING = datetime.timedelta(hours=8)


def in_beijing(moment):
    return (ephem.Date(moment).datetime() + BEIJING).date()


def longitude(moment):
    """The sun's apparent longitude, in degrees of the equinox of that date."""
    sun = ephem.Sun(moment)
    return math.degrees(ephem.Ecliptic(sun, epoch=moment).lon)


def solar_term(year, degrees):
    """The day in Beijing on which the sun comes to `degrees`."""
    start = ephem.Date(f"{year}/1/1")
    # From January, at 280 degrees, the sun goes on by about a degree a day.
    low = start + (degrees - 280) % 360 - 5
    high = low + 12
    for _ in range(60):
        middle = (low + high) / 2
        behind = (longitude(middle) - degrees + 180) % 360 - 180 < 0
        low, high = (middle, high) if behind else (low, middle)
    return in_beijing(high)


def new_moons(first, last):
    moon = ephem.next_new_moon(ephem.Date(first - 35 * DAY))
    while in_beijing(moon) <= last:
        yield in_beijing(moon)
        moon = ephem.next_new_moon(ephem.Date(moon + 1))


def months(year):
    """The first day of each month of the year, leap months left out."""
    last, this = solar_term(year - 1, 270), solar_term(year, 270)
    moons = list(new_moons(last, this + 35 * DAY))
    # The eleventh month is the one with the winter solstice.
    first = max(n for n, moon in enumerate(moons) if moon <= last)
    end = max(n for n, moon in enumerate(moons) if moon <= this)
    terms = [solar_term(year - (degrees == 270), degrees) for degrees in range(0, 360, 30)]
    number, found, leap_seen = 11, {}, end - first == 12
    for n in range(first, end):
        has_term = any(moons[n] <= term < moons[n + 1] for term in terms)
        if n > first and not has_term and not leap_seen:
            leap_seen = True
            continue
        found[number] = moons[n]
        number = number % 12 + 1
    return found


def by_sun_and_moon(year):
    of = months(year)
    return {
        "春节": of[1],
        "清明节": solar_term(year, 15),
        "端午节": of[5] + 4 * DAY,
        "中秋节": of[8] + 14 * DAY,
    }


def by_tables(year):
    def day(month, of_month):
        return lunardate.LunarDate(year, month, of_month).to_solar_date()

    # 寿星公式: days of 清明 in the century from 2000 on.
    since = year % 100
    clear = datetime.date(year, 4, int(since * 0.2422 + 4.81) - since // 4)
    return {"春节": day(1, 1), "清明节": clear, "端午节": day(5, 5), "中秋节": day(8, 15)}


def days_off(festival, day):
    """By 全国年节及纪念日放假办法 (2025): the eve and three days, or the day."""
    return [day + n * DAY for n in range(-1, 3)] if festival == "春节" else [day]


for year in range(int(sys.argv[1]), int(sys.argv[2]) + 1):
    for calendar, told in [("tables", by_tables(year)), ("sky", by_sun_and_moon(year))]:
        for festival, day in told.items():
            print(year, festival, calendar, *days_off(festival, day))
