package dev.jangbu.search.page;

import java.time.LocalDate;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Charts of days as inline SVG, read by ear through a label and by a pointer through titles. */
final class Chart {
    private static final int WIDTH = 640;
    private static final int HEIGHT = 220;
    private static final int LEFT = 56;
    private static final int RIGHT = 632;
    private static final int TOP = 12;
    private static final int BOTTOM = 190;
    private static final int MOST_STEPS = 4;
    private static final int MOST_DATES = 6;
    private static final double[] ROUND = {1, 2, 2.5, 5, 10};

    private final Html html;
    private final List<LocalDate> days;
    private final double step;
    private final int steps;

    /**
     * A line through days.
     *
     * @param values one a day; null where there is none, and the line is broken
     * @param style its class in the style sheet
     */
    record Line(String name, String style, List<@Nullable Double> values) {}

    /** One day of two parts on top of each other. */
    record Stack(LocalDate day, double lower, double upper, String title) {}

    private Chart(Html html, List<LocalDate> days, double highest) {
        this.html = html;
        this.days = days;
        this.step = step(Math.max(highest, MOST_STEPS));
        this.steps = (int) Math.max(1, Math.ceil(highest / step - 1e-9));
    }

    /** Lines over the same days, each with its dots and their titles. */
    static void lines(Html html, String label, List<LocalDate> days, List<Line> lines) {
        double highest = lines.stream()
                .flatMap(line -> line.values().stream())
                .mapToDouble(value -> value == null ? 0 : value)
                .max()
                .orElse(0);
        Chart chart = new Chart(html, days, highest);
        chart.frame(label);
        for (Line line : lines) {
            chart.line(line);
        }
        chart.dates();
        html.close();
    }

    /** A bar a day: what is usual below, what is not on top of it. */
    static void stacks(Html html, String label, List<Stack> stacks) {
        double highest = stacks.stream()
                .mapToDouble(stack -> stack.lower() + stack.upper())
                .max()
                .orElse(0);
        Chart chart = new Chart(html, stacks.stream().map(Stack::day).toList(), highest);
        chart.frame(label);
        for (int index = 0; index < stacks.size(); index++) {
            chart.stack(index, stacks.get(index));
        }
        chart.dates();
        html.close();
    }

    private void frame(String label) {
        html.open(
                "svg", "class", "chart", "viewBox", "0 0 " + WIDTH + " " + HEIGHT, "role", "img", "aria-label", label);
        for (int index = 0; index <= steps; index++) {
            double tick = index * step;
            String y = coordinate(y(tick));
            html.empty(
                    "line",
                    "class",
                    index == 0 ? "base" : "grid",
                    "x1",
                    coordinate(LEFT),
                    "x2",
                    coordinate(RIGHT),
                    "y1",
                    y,
                    "y2",
                    y);
            html.leaf(
                    "text",
                    Show.brief(tick),
                    "x",
                    coordinate(LEFT - 8),
                    "y",
                    coordinate(y(tick) + 4),
                    "text-anchor",
                    "end");
        }
    }

    private void line(Line line) {
        StringBuilder path = new StringBuilder();
        boolean isDown = false;
        for (int index = 0; index < days.size(); index++) {
            Double value = line.values().get(index);
            if (value != null) {
                path.append(isDown ? 'L' : 'M')
                        .append(coordinate(x(index)))
                        .append(' ')
                        .append(coordinate(y(value)));
            }
            isDown = value != null;
        }
        if (path.isEmpty()) {
            return;
        }
        html.empty("path", "class", line.style(), "d", path.toString());
        for (int index = 0; index < days.size(); index++) {
            Double value = line.values().get(index);
            if (value != null) {
                html.open(
                                "circle",
                                "class",
                                line.style() + " dot",
                                "cx",
                                coordinate(x(index)),
                                "cy",
                                coordinate(y(value)),
                                "r",
                                "2.6")
                        .leaf("title", days.get(index) + " · " + line.name() + " " + Show.brief(value))
                        .close();
            }
        }
    }

    private void stack(int index, Stack stack) {
        double slot = (RIGHT - LEFT) / (double) days.size();
        double width = Math.min(28, slot * 0.7);
        double left = x(index) - width / 2;
        html.open("g").leaf("title", stack.title());
        bar("usual", left, width, 0, stack.lower());
        bar("odd", left, width, stack.lower(), stack.lower() + stack.upper());
        html.close();
    }

    private void bar(String style, double left, double width, double from, double to) {
        html.empty(
                "rect",
                "class",
                style,
                "x",
                coordinate(left),
                "y",
                coordinate(y(to)),
                "width",
                coordinate(width),
                "height",
                coordinate(y(from) - y(to)));
    }

    private void dates() {
        int every = Math.max(1, (days.size() + MOST_DATES - 1) / MOST_DATES);
        for (int index = 0; index < days.size(); index += every) {
            LocalDate day = days.get(index);
            html.leaf(
                    "text",
                    day.getMonthValue() + "/" + day.getDayOfMonth(),
                    "x",
                    coordinate(x(index)),
                    "y",
                    coordinate(BOTTOM + 20),
                    "text-anchor",
                    "middle");
        }
    }

    private double x(int index) {
        return LEFT + (index + 0.5) * (RIGHT - LEFT) / days.size();
    }

    private double y(double value) {
        return BOTTOM - value / (step * steps) * (BOTTOM - TOP);
    }

    private static double step(double highest) {
        double rough = highest / MOST_STEPS;
        double power = Math.pow(10, Math.floor(Math.log10(rough)));
        for (double round : ROUND) {
            if (round * power >= rough * (1 - 1e-9)) {
                return round * power;
            }
        }
        return ROUND[ROUND.length - 1] * power;
    }

    private static String coordinate(double value) {
        String text = String.format(Locale.ROOT, "%.1f", value);
        return text.endsWith(".0") ? text.substring(0, text.length() - 2) : text;
    }
}
