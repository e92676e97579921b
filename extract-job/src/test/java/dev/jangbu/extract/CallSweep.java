package dev.jangbu.extract;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jangbu.extract.account.Account;
import dev.jangbu.extract.account.Accounts;
import dev.jangbu.extract.account.Credential;
import dev.jangbu.extract.account.NeedsAttention;
import dev.jangbu.extract.account.TestAccounts;
import dev.jangbu.extract.http.FailureKind;
import dev.jangbu.extract.http.TestTime;
import dev.jangbu.extract.landing.LandingFormat;
import dev.jangbu.extract.landing.LandingWriter;
import dev.jangbu.extract.window.AccountWindow;
import dev.jangbu.extract.window.RecordWriter;
import dev.jangbu.extract.window.ShopAccess;
import dev.jangbu.extract.window.ShopSource;
import dev.jangbu.kit.database.Database;
import dev.jangbu.kit.database.DatabaseSettings;
import dev.jangbu.kit.exit.JobFailure;
import dev.jangbu.kit.progress.Progress;
import dev.jangbu.kit.time.BusinessCalendar;
import dev.jangbu.kit.workspace.Manifest;
import dev.jangbu.kit.workspace.Workspace;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What becomes of a source's work when each of its calls fails once, the first, the second, to the last: it gives what it
 * gives undisturbed, or ends with a kind of failure. Each time it works at the same instant, on the same account; what one
 * kind of failure of a call left behind, the work of the next kind has to cope with.
 */
public final class CallSweep {
    /** What becomes of the work; otherwise it is the name of a {@link FailureKind}. */
    public static final String WHOLE = "WHOLE";

    /** {@code all}: every kind at every call. */
    private static final String SETTING = "jangbu.sweep";

    /** A longer sweep has not every kind at every call, but the next ones in turn. */
    private static final int ROUNDS = 70;

    private static final Logger log = LoggerFactory.getLogger(CallSweep.class);

    private final Subject subject;
    private final Path folder;
    private final TestAccounts accounts;
    private final Database database;
    private int works;

    /**
     * What is swept.
     *
     * @param paths part of the paths of the calls that fail
     * @param now when the source works, with an offset
     * @param from the window's start, with an offset
     * @param isFirst whether the window is that of a first load
     * @param consent the token after the sandbox's reset; one that has ended where there is no consent
     * @param isWithoutToken whether the account's token has ended before each work
     */
    public record Subject(
            String channel,
            String paths,
            Account account,
            String dataset,
            String now,
            String from,
            boolean isFirst,
            Consent consent,
            boolean isWithoutToken,
            Function<TestTime, ShopSource> source) {}

    /** Of an account's owner. */
    public interface Consent {
        /** The platforms that need none. */
        Consent NONE = time -> new Credential.Token("ended", Instant.EPOCH, null, null);

        Credential.Token given(TestTime time) throws NeedsAttention;
    }

    /** How a work ended, with the records of a whole one. */
    private record Ended(String how, List<String> records) {}

    /** @param folder of the test's, empty but for the key of the accounts */
    public CallSweep(Subject subject, TestAccounts accounts, Path folder) {
        this.subject = subject;
        this.accounts = accounts;
        this.folder = folder;
        this.database = new Database(
                DatabaseSettings.from(accounts.environment(), new Workspace(folder)),
                BusinessCalendar.seoul(),
                "jangbu:sweep");
    }

    /**
     * Fails every call.
     *
     * @param endings of the sandbox's kinds of faults: what becomes of the work
     * @return how many calls the undisturbed work makes
     */
    public int callsThatEnd(Map<String, String> endings) throws Exception {
        reset();
        int before = calls();
        Ended undisturbed = work();
        assertThat(undisturbed.how()).isEqualTo(WHOLE);
        assertThat(undisturbed.records()).isNotEmpty();
        int calls = calls() - before;
        int kinds = kindsPerCall(calls, endings.size());
        for (int call = 0; call < calls; call++) {
            reset();
            for (String kind : inTurn(List.copyOf(endings.keySet()), call * kinds, kinds)) {
                Ended ended = struckBy(kind, call);

                String what = kind + " at call " + (call + 1) + " of " + calls;
                assertThat(ended.how()).as(what).isEqualTo(endings.get(kind));
                assertThat(ended.records())
                        .as(what)
                        .isEqualTo(ended.how().equals(WHOLE) ? undisturbed.records() : List.of());
            }
        }
        log.info(
                "sweep={} dataset={} calls={} kinds={} of {}",
                subject.channel(),
                subject.dataset(),
                calls,
                kinds,
                endings.size());
        return calls;
    }

    private static int kindsPerCall(int calls, int kinds) {
        return "all".equals(System.getProperty(SETTING)) ? kinds : Math.max(1, Math.min(kinds, ROUNDS / calls));
    }

    private static List<String> inTurn(List<String> kinds, int first, int count) {
        List<String> turn = new ArrayList<>();
        for (int place = first; place < first + count; place++) {
            turn.add(kinds.get(place % kinds.size()));
        }
        return turn;
    }

    private Ended struckBy(String kind, int call) throws Exception {
        TestSandbox.fault(subject.channel(), subject.paths(), kind, 1, call);
        Ended ended = work();
        assertThat(TestSandbox.get("/faults").get("waiting"))
                .as(kind + " has struck call " + (call + 1))
                .isEmpty();
        return ended;
    }

    private Ended work() throws Exception {
        TestTime time = TestSandbox.backTo(subject.now());
        Accounts opened = accounts.open(time);
        if (subject.isWithoutToken()) {
            endToken(opened);
        }
        ShopAccess access = ShopAccess.of(subject.account(), opened, database, new Workspace(folder));
        Path own = Files.createDirectory(folder.resolve("work-" + works++));
        try (LandingWriter landing = new LandingWriter(own, LandingFormat.plain(), Progress.none())) {
            subject.source().apply(time).extract(subject.dataset(), window(time), access, new RecordWriter(landing));
            return new Ended(WHOLE, records(own, landing.finish()));
        } catch (NeedsAttention refusal) {
            return new Ended(refusal.attention().name(), List.of());
        } catch (JobFailure failure) {
            return new Ended(FailureKind.of(failure).orElseThrow(() -> failure).name(), List.of());
        }
    }

    private void reset() throws Exception {
        TestTime time = TestSandbox.resetSmall(subject.now());
        accounts.open(time).keep(subject.account(), subject.consent().given(time));
    }

    private void endToken(Accounts opened) throws SQLException {
        Credential.Token token =
                Objects.requireNonNull(opened.credential(subject.account()).token());
        opened.keep(
                subject.account(),
                new Credential.Token(token.access(), Instant.EPOCH, token.refresh(), token.refreshExpiresAt()));
    }

    private AccountWindow window(TestTime time) {
        Instant now = time.instant();
        return new AccountWindow(
                subject.account(),
                LocalDate.ofInstant(now, ZoneId.of("Asia/Seoul")),
                OffsetDateTime.parse(subject.from()).toInstant(),
                now.minusSeconds(120),
                false,
                subject.isFirst(),
                BusinessCalendar.seoul());
    }

    /** Without when they were observed: waiting for a fault to pass takes its time. */
    private static List<String> records(Path own, List<Manifest.Entry> parts) throws IOException {
        List<String> records = new ArrayList<>();
        for (Manifest.Entry part : parts) {
            for (String line : Files.readAllLines(own.resolveSibling(part.path()))) {
                records.add(line.substring(line.indexOf("\"record\":")));
            }
        }
        return records;
    }

    /** Made since the reset. */
    private int calls() {
        return Math.toIntExact(TestSandbox.get("/journal?after=0")
                .get("entries")
                .valueStream()
                .filter(call -> call.get("channel").asString().equals(subject.channel()))
                .filter(call -> call.get("path").asString().contains(subject.paths()))
                .count());
    }
}
