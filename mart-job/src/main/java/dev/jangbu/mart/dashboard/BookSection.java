package dev.jangbu.mart.dashboard;

import dev.jangbu.mart.books.Book;
import dev.jangbu.mart.dashboard.Dashboard.BookTotal;
import dev.jangbu.mart.dashboard.DashboardDay.Books;
import dev.jangbu.mart.page.Blocks;
import dev.jangbu.mart.page.Markup;
import dev.jangbu.mart.page.Words;
import dev.jangbu.mart.report.Numbers;
import java.time.LocalDate;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;

/** The ledger of all days, added up and day by day. */
final class BookSection {
    private static final int MOST_OPEN = 10;

    private final Markup markup;
    private final Dashboard dashboard;

    BookSection(Markup markup, Dashboard dashboard) {
        this.markup = markup;
        this.dashboard = dashboard;
    }

    void write() {
        Blocks.section(
                markup,
                new Words("장부", "The books"),
                new Words("읽은 줄은 모두 정상이거나 이유와 함께 거절", "every line read is clean, or rejected for a reason"));
        markup.open("div", "class", "panel books");
        BookTotal total = dashboard.books();
        markup.open("dl", "class", "sums");
        sum(new Words("읽은 줄", "Lines read"), total.lines(), "");
        sum(new Words("정상", "Clean"), total.clean(), "=");
        sum(Labels.REJECTED, total.rejected(), "+");
        markup.close();
        markup.open("dl", "class", "sums");
        sum(new Words("정상, 적재한 날", "Clean, days loaded"), total.loadable(), "");
        sum(new Words("테이블", "In the table"), total.inTable(), "=");
        markup.close();
        Strip.write(
                markup,
                "장부 Books: 맞음 balanced " + dashboard.count(Books.BALANCED) + ", 할 일 to do "
                        + dashboard.count(Books.OPEN) + ", 안 맞음 off " + dashboard.count(Books.OFF)
                        + ", 없음 none " + dashboard.count(Books.NONE),
                dashboard.days(),
                day -> new Strip.Cell(
                        day.day(),
                        Labels.style(day.books()),
                        day.day() + " " + Labels.of(day.books()).both()));
        markup.open("ul", "class", "legend");
        for (Books books : Books.values()) {
            Blocks.legend(markup, Labels.style(books), Labels.of(books), dashboard.count(books));
        }
        markup.close().close();
        open();
        markup.close();
    }

    /** The days somebody must see to, the latest first. */
    private void open() {
        List<DashboardDay> days = dashboard.days().stream()
                .filter(day -> day.book() != null && !day.book().state().isSettled())
                .sorted(Comparator.comparing(DashboardDay::day).reversed())
                .toList();
        if (days.isEmpty()) {
            return;
        }
        Blocks.openTable(
                markup,
                List.of(
                        Labels.DAY,
                        new Words("장부의 상태", "State of the books"),
                        new Words("적재", "Loaded"),
                        new Words("마트", "Marts"),
                        new Words("할 일", "To do")),
                "open");
        days.stream().limit(MOST_OPEN).forEach(day -> open(day.day(), Objects.requireNonNull(day.book())));
        Blocks.closeTable(markup);
        if (days.size() > MOST_OPEN) {
            markup.leaf(
                    "p",
                    new Words(
                            "그 밖에 " + (days.size() - MOST_OPEN) + "일 더 있음: mart-job gaps",
                            "and " + (days.size() - MOST_OPEN) + " more days: mart-job gaps"),
                    "class",
                    "quiet");
        }
    }

    private void open(LocalDate day, Book book) {
        markup.open("tr").leaf("th", day.toString(), "scope", "row");
        markup.leaf("td", Labels.of(book.state()));
        Blocks.number(markup, Numbers.count(book.loaded()));
        Blocks.number(markup, book.loaded() == null ? Numbers.NONE : book.martsBuilt() + "/" + book.martsKnown());
        markup.open("td").leaf("code", "make " + book.repair() + " DS=" + day).close();
        markup.close();
    }

    private void sum(Words name, long value, String sign) {
        markup.open("div");
        markup.leaf("dt", name);
        markup.open("dd");
        if (!sign.isEmpty()) {
            markup.leaf("i", sign);
        }
        markup.text(Numbers.count(value)).close().close();
    }
}
