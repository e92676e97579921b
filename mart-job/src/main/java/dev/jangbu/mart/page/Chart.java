package dev.jangbu.mart.page;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.LocalDate;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The frame of a chart drawn at a size that fits a phone: a desktop shows several side by side and never has to scale
 * the text down.
 */
public final class Chart {
    static final int WIDTH = 280;
    static final int HEIGHT = 128;
    private static final int LEFT = 42;
    private static final int RIGHT = 277;
    private static final int TOP = 10;
    private static final int BOTTOM = 106;
    private static final int MOST_DATES = 4;
    private static final int DATE_ROOM = 16;
    private static final int WIDEST_BAR = 26;

    private final Markup markup;
    private final Axis axis;
    private final List<Mark> marks;

    /**
     * One bar or point.
     *
     * @param value null where there is none
     * @param isBad drawn so that it is seen
     * @param tip what a pointer resting on it reads
     */
    public record Mark(LocalDate day, @Nullable Double value, boolean isBad, String tip) {}

    private Chart(Markup markup, Axis axis, List<Mark> marks) {
        this.markup = markup;
        this.axis = axis;
        this.marks = List.copyOf(marks);
    }

    /** A bar a mark; where a bad one has no value, a cross stands on the base line. */
    public static void bars(Markup markup, String label, List<Mark> marks) {
        double highest = marks.stream()
                .mapToDouble(mark -> mark.value() == null ? 0 : mark.value())
                .max()
                .orElse(0);
        Chart chart = new Chart(markup, Axis.fromZero(highest), marks);
        chart.open(label);
        chart.grid(tick -> Compact.of(Math.round(tick)));
        for (int index = 0; index < marks.size(); index++) {
            chart.bar(index);
        }
        chart.dates();
        markup.close();
    }

    /** A line through the marks, broken where there is no value, with a dashed line at the limit. */
    public static void line(Markup markup, String label, List<Mark> marks, double limit) {
        double lowest = marks.stream()
                .mapToDouble(mark -> mark.value() == null ? limit : Math.min(limit, mark.value()))
                .min()
                .orElse(limit);
        Chart chart = new Chart(markup, Axis.upToOne(lowest), marks);
        chart.open(label);
        chart.grid(tick -> Words.same(percent(tick)));
        String limitY = number(chart.y(limit));
        markup.empty("line", "class", "limit", "x1", number(LEFT), "x2", number(RIGHT), "y1", limitY, "y2", limitY);
        chart.path();
        for (int index = 0; index < marks.size(); index++) {
            chart.dot(index);
        }
        chart.dates();
        markup.close();
    }

    private void open(String label) {
        markup.open(
                "svg", "class", "chart", "viewBox", "0 0 " + WIDTH + " " + HEIGHT, "role", "img", "aria-label", label);
    }

    private void grid(Function<Double, Words> name) {
        for (double tick : axis.ticks()) {
            String y = number(y(tick));
            String style = tick == axis.bottom() ? "base" : "grid";
            markup.empty("line", "class", style, "x1", number(LEFT), "x2", number(RIGHT), "y1", y, "y2", y);
            words(name.apply(tick), LEFT - 6, y(tick) + 3.5, "end");
        }
    }

    private void bar(int index) {
        Mark mark = marks.get(index);
        markup.open("g").leaf("title", mark.tip());
        double slot = slot();
        double width = Math.min(WIDEST_BAR, slot > 5 ? slot - Math.min(3, slot * 0.28) : slot * 0.85);
        double left = middle(index) - width / 2;
        markup.empty(
                "rect",
                "class",
                "hover",
                "x",
                number(LEFT + index * slot),
                "y",
                number(TOP),
                "width",
                number(slot),
                "height",
                number(BOTTOM - TOP));
        if (mark.value() != null) {
            double top = y(mark.value());
            markup.empty(
                    "rect",
                    "class",
                    mark.isBad() ? "bar bad" : "bar",
                    "x",
                    number(left),
                    "y",
                    number(top),
                    "width",
                    number(width),
                    "height",
                    number(Math.max(0, BOTTOM - top)),
                    "rx",
                    number(Math.min(1.5, slot / 4)));
        } else if (mark.isBad()) {
            cross(LEFT + (index + 0.5) * slot, BOTTOM - 6, Math.min(3, slot / 2.5));
        }
        markup.close();
    }

    private void cross(double x, double y, double arm) {
        markup.empty(
                "path",
                "class",
                "cross",
                "d",
                "M" + number(x - arm) + " " + number(y - arm) + "L" + number(x + arm) + " " + number(y + arm) + "M"
                        + number(x + arm) + " " + number(y - arm) + "L" + number(x - arm) + " " + number(y + arm));
    }

    private void path() {
        StringBuilder path = new StringBuilder();
        boolean isDown = false;
        for (int index = 0; index < marks.size(); index++) {
            Double value = marks.get(index).value();
            if (value != null) {
                path.append(isDown ? 'L' : 'M')
                        .append(number(middle(index)))
                        .append(' ')
                        .append(number(y(value)));
            }
            isDown = value != null;
        }
        markup.empty("path", "class", "line", "d", path.isEmpty() ? "M0 0" : path.toString());
    }

    private void dot(int index) {
        Mark mark = marks.get(index);
        Double value = mark.value();
        if (value == null) {
            return;
        }
        boolean isLast = index == marks.size() - 1;
        markup.open("g").leaf("title", mark.tip());
        markup.empty(
                "rect",
                "class",
                "hover",
                "x",
                number(LEFT + index * slot()),
                "y",
                number(TOP),
                "width",
                number(slot()),
                "height",
                number(BOTTOM - TOP));
        if (mark.isBad() || isLast) {
            markup.empty(
                    "circle",
                    "class",
                    mark.isBad() ? "dot bad" : "dot",
                    "cx",
                    number(middle(index)),
                    "cy",
                    number(y(value)),
                    "r",
                    mark.isBad() ? "3.2" : "2.6");
        }
        markup.close();
    }

    private void dates() {
        int every = Math.max(1, (marks.size() + MOST_DATES - 1) / MOST_DATES);
        for (int index = 0; index < marks.size(); index += every) {
            double x = middle(index);
            boolean isAtEdge = x > RIGHT - DATE_ROOM;
            words(
                    Words.same(date(marks.get(index).day())),
                    isAtEdge ? RIGHT : x,
                    BOTTOM + 16.0,
                    isAtEdge ? "end" : "middle");
        }
    }

    /** {@code 1/15}, or {@code 26-01} where the chart spans more than a year. */
    private String date(LocalDate day) {
        LocalDate first = marks.get(0).day();
        LocalDate last = marks.get(marks.size() - 1).day();
        return first.plusYears(1).isBefore(last)
                ? String.format(Locale.ROOT, "%02d-%02d", day.getYear() % 100, day.getMonthValue())
                : day.getMonthValue() + "/" + day.getDayOfMonth();
    }

    /** SVG text cannot hold spans that hide, so each language is a text of its own. */
    private void words(Words words, double x, double y, String anchor) {
        if (words.korean().equals(words.english())) {
            markup.leaf("text", words.korean(), "x", number(x), "y", number(y), "text-anchor", anchor);
            return;
        }
        markup.leaf("text", words.korean(), "class", "ko", "x", number(x), "y", number(y), "text-anchor", anchor);
        markup.leaf("text", words.english(), "class", "en", "x", number(x), "y", number(y), "text-anchor", anchor);
    }

    private double slot() {
        return (RIGHT - LEFT) / (double) marks.size();
    }

    private double middle(int index) {
        return LEFT + (index + 0.5) * slot();
    }

    private double y(double value) {
        return BOTTOM - axis.position(value) * (BOTTOM - TOP);
    }

    private static String percent(double share) {
        return BigDecimal.valueOf(share * 100)
                .setScale(2, RoundingMode.HALF_UP)
                .stripTrailingZeros()
                .toPlainString();
    }

    public static String number(double coordinate) {
        String text = String.format(Locale.ROOT, "%.1f", coordinate);
        return text.endsWith(".0") ? text.substring(0, text.length() - 2) : text;
    }
}
