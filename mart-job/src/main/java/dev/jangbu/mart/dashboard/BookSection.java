package dev.jangbu.mart.dashboard;

import dev.jangbu.mart.dashboard.Dashboard.BookTotal;
import dev.jangbu.mart.dashboard.DashboardDay.Books;
import dev.jangbu.mart.report.Numbers;

/** The ledger of all days, added up and day by day. */
final class BookSection {
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
                "장부 Books: 맞음 balanced " + dashboard.count(Books.BALANCED) + ", 안 맞음 off " + dashboard.count(Books.OFF)
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
        markup.close().close().close();
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
