package dev.jangbu.mart.dashboard;

import dev.jangbu.mart.page.Markup;
import java.time.LocalDate;
import java.time.Year;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;

/**
 * One mark a day: a strip for up to a quarter, else a calendar of one line a month for each year. A mark's height tells
 * as much as its colour.
 */
final class Strip {
    private static final int MOST_DAYS = 100;
    private static final int FEW_DAYS = 6;
    private static final int WIDEST = 36;
    private static final int SLOT = 10;
    private static final int HEIGHT = 30;
    private static final int CELL = 9;
    private static final int STEP = 10;
    private static final int LABEL = 24;
    private static final int TITLE = 14;

    private Strip() {}

    /** A day's style class and what a pointer resting on it reads. */
    record Cell(LocalDate day, String style, String tip) {}

    static void write(Markup markup, String label, List<DashboardDay> days, Function<DashboardDay, Cell> cell) {
        List<Cell> cells = days.stream().map(cell).toList();
        if (cells.size() <= MOST_DAYS) {
            strip(markup, label, cells);
        } else {
            calendar(markup, label, cells);
        }
    }

    private static void strip(Markup markup, String label, List<Cell> cells) {
        markup.open("div", "style", "max-width:" + cells.size() * WIDEST + "px");
        String box = "0 0 " + cells.size() * SLOT + " " + HEIGHT;
        markup.open(
                "svg",
                "class",
                "strip",
                "viewBox",
                box,
                "preserveAspectRatio",
                "none",
                "role",
                "img",
                "aria-label",
                label);
        for (int index = 0; index < cells.size(); index++) {
            Cell cell = cells.get(index);
            int height = height(cell.style());
            rect(markup, cell, index * SLOT + 1, HEIGHT - height, SLOT - 2, height);
        }
        markup.close();
        markup.open("div", "class", "ends").leaf("span", cells.get(0).day().toString());
        if (cells.size() > 1) {
            String last = cells.get(cells.size() - 1).day().toString();
            markup.leaf("span", cells.size() < FEW_DAYS ? "– " + last : last);
        }
        markup.close().close();
    }

    private static int height(String style) {
        return switch (style) {
            case "ok" -> HEIGHT;
            case "half" -> HEIGHT * 2 / 3;
            case "bad" -> HEIGHT * 2 / 5;
            default -> 3;
        };
    }

    private static void calendar(Markup markup, String label, List<Cell> cells) {
        Map<Year, List<Cell>> years = new TreeMap<>();
        cells.forEach(cell -> years.computeIfAbsent(Year.from(cell.day()), year -> new ArrayList<>())
                .add(cell));
        markup.open("div", "class", "years");
        years.forEach((year, ofYear) -> year(markup, label + " " + year, year, ofYear));
        markup.close();
    }

    /** One line a month, from the year's first known month to its last. */
    private static void year(Markup markup, String label, Year year, List<Cell> cells) {
        int first = cells.get(0).day().getMonthValue();
        int last = cells.get(cells.size() - 1).day().getMonthValue();
        int height = TITLE + (last - first + 1) * STEP;
        String box = "0 0 " + (LABEL + 31 * STEP) + " " + height;
        markup.open("svg", "class", "calendar", "viewBox", box, "role", "img", "aria-label", label);
        markup.leaf("text", year.toString(), "class", "year", "x", "0", "y", "9");
        for (int month = first; month <= last; month++) {
            int y = TITLE + (month - first + 1) * STEP - 2;
            markup.leaf(
                    "text",
                    String.valueOf(month),
                    "x",
                    String.valueOf(LABEL - 8),
                    "y",
                    String.valueOf(y),
                    "text-anchor",
                    "end");
        }
        for (Cell cell : cells) {
            int x = LABEL + (cell.day().getDayOfMonth() - 1) * STEP;
            int y = TITLE + (cell.day().getMonthValue() - first) * STEP;
            rect(markup, cell, x, y, CELL, CELL);
        }
        markup.close();
    }

    private static void rect(Markup markup, Cell cell, int x, int y, int width, int height) {
        markup.open(
                        "rect",
                        "class",
                        cell.style(),
                        "x",
                        String.valueOf(x),
                        "y",
                        String.valueOf(y),
                        "width",
                        String.valueOf(width),
                        "height",
                        String.valueOf(height))
                .leaf("title", cell.tip())
                .close();
    }
}
