package dev.jangbu.sandbox.control;

import dev.jangbu.sandbox.ably.AblyAdmin;
import dev.jangbu.sandbox.account.AccountRequest;
import dev.jangbu.sandbox.account.Accounts;
import dev.jangbu.sandbox.account.Keys;
import dev.jangbu.sandbox.analytics.DataApi;
import dev.jangbu.sandbox.analytics.GoogleTokens;
import dev.jangbu.sandbox.cafe24.Cafe24;
import dev.jangbu.sandbox.clock.VirtualClock;
import dev.jangbu.sandbox.faults.FaultQueue;
import dev.jangbu.sandbox.http.Platform;
import dev.jangbu.sandbox.journal.Journal;
import dev.jangbu.sandbox.shop.DayCache;
import dev.jangbu.sandbox.shop.ShopSettings;
import dev.jangbu.sandbox.smartstore.CommerceApi;
import java.util.List;

/** All that there is between two resets. */
public record Stage(
        StageSettings settings,
        VirtualClock clock,
        Accounts accounts,
        FaultQueue faults,
        Journal journal,
        Cafe24 cafe24,
        DataApi dataApi,
        List<Platform> platforms) {
    /** The shop that is there from the start, on every channel. */
    public static final String FIRST_SHOP = "hlogdemo";

    public Stage {
        platforms = List.copyOf(platforms);
    }

    static Stage of(StageSettings settings, Keys keys) {
        VirtualClock clock = settings.isRunning()
                ? VirtualClock.runningFrom(settings.now())
                : VirtualClock.standingAt(settings.now());
        Accounts accounts = new Accounts(settings.seed(), new DayCache(), keys);
        accounts.open(AccountRequest.of(ShopSettings.of(FIRST_SHOP, settings.seed(), settings.scenario())));
        GoogleTokens tokens = new GoogleTokens(accounts, settings.seed());
        Cafe24 cafe24 = new Cafe24(accounts, settings.seed());
        DataApi dataApi = new DataApi(accounts, tokens);
        return new Stage(
                settings,
                clock,
                accounts,
                new FaultQueue(),
                new Journal(),
                cafe24,
                dataApi,
                List.of(
                        cafe24,
                        new CommerceApi(accounts, settings.seed()),
                        new AblyAdmin(accounts, settings.seed()),
                        tokens,
                        dataApi));
    }
}
