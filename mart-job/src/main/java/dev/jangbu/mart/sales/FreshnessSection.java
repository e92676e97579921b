package dev.jangbu.mart.sales;

import dev.jangbu.kit.time.BusinessCalendar;
import dev.jangbu.mart.page.Blocks;
import dev.jangbu.mart.page.Markup;
import dev.jangbu.mart.page.Words;
import java.time.format.DateTimeFormatter;
import java.util.List;

/** Until when each account's records are loaded, and which need their owner. */
final class FreshnessSection {
    private static final DateTimeFormatter MINUTE = DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm")
            .withZone(BusinessCalendar.seoul().zone());

    private final Markup markup;
    private final String tenant;
    private final List<Freshness> accounts;

    FreshnessSection(Markup markup, String tenant, List<Freshness> accounts) {
        this.markup = markup;
        this.tenant = tenant;
        this.accounts = List.copyOf(accounts);
    }

    void write() {
        Blocks.section(markup, new Words("데이터가 담긴 시각", "How fresh the figures are"), Words.same(tenant));
        Blocks.openTable(
                markup,
                List.of(
                        new Words("채널", "Channel"),
                        new Words("종류", "Kind"),
                        new Words("여기까지 적재됨", "Loaded until"),
                        new Words("상태", "State")),
                "fresh");
        for (Freshness account : accounts) {
            markup.open("tr").open("th", "scope", "row").words(account.channel().words());
            markup.leaf("code", account.account()).close();
            markup.leaf("td", account.kind());
            markup.leaf("td", MINUTE.format(account.loadedUntil()));
            markup.open("td")
                    .leaf("span", account.state(), "class", "tag " + style(account))
                    .close();
            markup.close();
        }
        Blocks.closeTable(markup);
        markup.close();
    }

    private static String style(Freshness account) {
        if (account.needs() != null) {
            return "bad";
        }
        return account.isGood() ? "ok" : "half";
    }
}
