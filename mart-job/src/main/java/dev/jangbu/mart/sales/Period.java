package dev.jangbu.mart.sales;

import dev.jangbu.mart.page.Words;
import java.time.DayOfWeek;
import java.time.LocalDate;
import java.time.temporal.TemporalAdjusters;
import java.util.List;

/**
 * Days that are looked at together, and those they are compared with. All ends are inclusive.
 *
 * @param before what the other days are called, such as "the day before"
 */
record Period(Words name, Words before, LocalDate from, LocalDate to, LocalDate beforeFrom, LocalDate beforeTo) {
    /**
     * The last day, the last whole week (Monday to Sunday), the month so far and the year so far. What is not over is
     * compared with as many days of the one before.
     *
     * @param day the last day shown
     * @param today in the business zone: the last day may be today or yesterday
     */
    static List<Period> of(LocalDate day, LocalDate today) {
        return List.of(day(day, today), lastWeek(day), month(day), year(day));
    }

    static Period month(LocalDate day) {
        LocalDate first = day.withDayOfMonth(1);
        return new Period(
                new Words(day.getMonthValue() + "월", day.getYear() + "-" + two(day.getMonthValue())),
                new Words("지난달 같은 기간보다", "against as many days of the month before"),
                first,
                day,
                first.minusMonths(1),
                day.minusMonths(1));
    }

    private static Period day(LocalDate day, LocalDate today) {
        Words name = new Words(day.getMonthValue() + "월 " + day.getDayOfMonth() + "일", day.toString());
        if (day.equals(today)) {
            name = new Words("오늘", "Today");
        } else if (day.equals(today.minusDays(1))) {
            name = new Words("어제", "Yesterday");
        }
        return new Period(
                name, new Words("전날보다", "against the day before"), day, day, day.minusDays(1), day.minusDays(1));
    }

    private static Period lastWeek(LocalDate day) {
        LocalDate sunday = day.with(TemporalAdjusters.previousOrSame(DayOfWeek.SUNDAY));
        LocalDate monday = sunday.minusDays(6);
        return new Period(
                new Words("지난주", "Last week"),
                new Words("그 전주보다", "against the week before"),
                monday,
                sunday,
                monday.minusWeeks(1),
                sunday.minusWeeks(1));
    }

    private static Period year(LocalDate day) {
        LocalDate first = day.withDayOfYear(1);
        return new Period(
                new Words(day.getYear() + "년", String.valueOf(day.getYear())),
                new Words("지난해 같은 기간보다", "against as many days of the year before"),
                first,
                day,
                first.minusYears(1),
                day.minusYears(1));
    }

    private static String two(int number) {
        return number < 10 ? "0" + number : String.valueOf(number);
    }
}
