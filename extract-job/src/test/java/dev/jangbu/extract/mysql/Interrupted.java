package dev.jangbu.extract.mysql;

import dev.jangbu.extract.account.Account;
import dev.jangbu.extract.account.DatabaseAddress;
import dev.jangbu.extract.account.NeedsAttention;
import dev.jangbu.extract.window.AccountWindow;
import dev.jangbu.extract.window.RecordWriter;
import dev.jangbu.extract.window.ShopAccess;
import dev.jangbu.extract.window.ShopSource;
import java.sql.SQLException;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/** The source, with something that happens when it comes to a row of a certain card. */
record Interrupted(MySqlSource real, int pageRows, String card, Runnable happening) implements ShopSource {
    /** As {@link CardNumber#stable} has it. */
    static final String CARD = "999999******9999";

    Interrupted(int pageRows, Runnable happening) {
        this(new MySqlSource(Map.of(), pageRows), pageRows, CARD, happening);
    }

    @Override
    public String name() {
        return real.name();
    }

    @Override
    public Set<String> datasets() {
        return real.datasets();
    }

    @Override
    public Optional<String> followed(Account account) {
        return real.followed(account);
    }

    @Override
    public String plan() {
        return real.plan();
    }

    @Override
    public Map<String, Long> extract(String dataset, AccountWindow window, ShopAccess access, RecordWriter landing)
            throws SQLException, NeedsAttention {
        try (Snapshot snapshot = Snapshot.open(
                DatabaseAddress.parse(access.account().baseUrl()),
                Objects.requireNonNull(access.credential().secrets().get("password")),
                Map.of(),
                window.calendar().zone(),
                access.clock())) {
            return new ChangedSales(snapshot, window, pageRows, number -> {
                        if (number.equals(card)) {
                            happening.run();
                        }
                        return access.customerKey("card:" + number);
                    })
                    .read(window, landing);
        }
    }
}
