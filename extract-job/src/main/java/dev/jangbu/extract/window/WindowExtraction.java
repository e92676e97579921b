package dev.jangbu.extract.window;

import dev.jangbu.extract.account.Account;
import dev.jangbu.extract.account.Accounts;
import dev.jangbu.extract.account.Attention;
import dev.jangbu.extract.account.NeedsAttention;
import dev.jangbu.extract.landing.LandingFormat;
import dev.jangbu.extract.landing.LandingWriter;
import dev.jangbu.extract.landing.SavePoints;
import dev.jangbu.kit.exit.ExitCode;
import dev.jangbu.kit.exit.JobFailure;
import dev.jangbu.kit.progress.Progress;
import dev.jangbu.kit.run.RunContext;
import dev.jangbu.kit.workspace.Manifest;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/**
 * One run: an account's records of a window into a folder of the run's own, then the manifest that makes it the landing of
 * the day and slice. An account whose owner must act is marked, and its runs end as failed until that is done.
 */
final class WindowExtraction {
    private static final String NEEDS_ATTENTION = "needs_attention";

    private final RunContext context;
    private final ShopSource source;
    private final WindowOptions options;
    private final Accounts accounts;
    private final LandingFormat format;
    private final DataSource database;
    private @Nullable Written written;

    WindowExtraction(
            RunContext context,
            ShopSource source,
            WindowOptions options,
            Accounts accounts,
            LandingFormat format,
            DataSource database) {
        this.context = context;
        this.source = source;
        this.options = options;
        this.accounts = accounts;
        this.format = format;
        this.database = database;
    }

    private record Written(AccountWindow window, Instant end, List<Manifest.Entry> parts, Map<String, Long> counts) {}

    void write() throws IOException, SQLException {
        Account account = accounts.named(options.accountId());
        requireNoAttention(account);
        AccountWindow window = window(account);
        context.summary()
                .fact("account", account.id())
                .fact("window_from", window.from().toString())
                .fact("window_to", window.to().toString());
        try {
            written = extract(window);
        } catch (NeedsAttention refusal) {
            accounts.mark(account, refusal.attention());
            context.summary().fact(NEEDS_ATTENTION, refusal.attention().name());
            throw told(account, refusal.attention(), String.valueOf(refusal.getMessage()));
        }
    }

    private AccountWindow window(Account account) throws SQLException {
        boolean isFollowed = source.followed(account).isPresent();
        if (isFollowed && options.toDate() != null) {
            throw new JobFailure(
                    ExitCode.USAGE,
                    "--to-date: given with " + source.name()
                            + " (expected: without; a first load that is killed is gone on with)");
        }
        Instant watermark = watermark();
        return AccountWindow.of(
                account,
                options,
                context.businessDate(),
                watermark == null && isFollowed ? Instant.EPOCH : watermark,
                context.calendar(),
                context.clock().instant());
    }

    void publish() throws SQLException {
        Written done = Objects.requireNonNull(written, "nothing was written");
        Manifest manifest = manifest(done);
        try (Connection connection = database.getConnection()) {
            context.publish(connection, context.landing(), manifest);
        }
        context.summary()
                .fact("source", manifest.source())
                .fact("profile", manifest.profile())
                .fact("rows", manifest.rows())
                .fact("bytes", manifest.bytes())
                .fact("files", manifest.files().size())
                .fact("counts", manifest.counts())
                .fact("landing", context.landing().manifestFile().toString())
                .fact("landing_run", manifest.runId());
        done.counts().forEach(context.summary()::fact);
    }

    private Written extract(AccountWindow window) throws IOException, SQLException, NeedsAttention {
        ShopAccess access = new ShopAccess(
                window.account(), accounts, new LoadedOrders(database::getConnection), context.workspace());
        String task = source.name() + " " + context.dataset() + " " + options.slice();
        Path folder = context.landing().newRunFolder(context.runId());
        SavePoints points = points(window, folder);
        try (LandingWriter landing = new LandingWriter(folder, format, Progress.onTerminal(task), points)) {
            RecordWriter records = new RecordWriter(landing, points);
            Map<String, Long> counts = source.extract(context.dataset(), window, access, records);
            List<Manifest.Entry> parts = new ArrayList<>(points.kept());
            parts.addAll(landing.finish());
            points.end();
            Instant end = records.until().orElse(window.to());
            context.summary().fact("window_to", end.toString());
            return new Written(window, end, parts, counts);
        }
    }

    private SavePoints points(AccountWindow window, Path folder) {
        return source.followed(window.account())
                .filter(reading -> !window.isReconcile())
                .map(reading -> SavePoints.of(context.landing(), folder, reading, window.from()))
                .orElseGet(SavePoints::none);
    }

    private void requireNoAttention(Account account) {
        Attention attention = account.attention();
        if (attention != null) {
            context.summary()
                    .fact(NEEDS_ATTENTION, attention.name())
                    .fact("skipped", "needs attention: " + attention.name());
            throw told(account, attention, "its owner has not acted yet");
        }
    }

    private static JobFailure told(Account account, Attention attention, String why) {
        return new JobFailure(
                ExitCode.FAILED,
                "account " + account.id() + " needs attention: " + attention.name() + ", " + why + "; "
                        + attention.remedy());
    }

    private @Nullable Instant watermark() throws SQLException {
        return Watermark.read(database, context.dataset(), options.slice()).orElse(null);
    }

    private Manifest manifest(Written done) {
        return new Manifest(
                context.request().job(),
                context.dataset(),
                context.request().slice(),
                context.businessDate(),
                source.name(),
                source.profile(),
                done.parts().stream().mapToLong(Manifest.Entry::rows).sum(),
                done.parts().stream().mapToLong(Manifest.Entry::bytes).sum(),
                done.parts(),
                done.window().from(),
                done.end(),
                done.counts(),
                context.version(),
                context.runId(),
                context.fence().token(),
                context.clock().instant());
    }
}
