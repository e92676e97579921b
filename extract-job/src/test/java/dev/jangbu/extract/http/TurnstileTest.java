package dev.jangbu.extract.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TurnstileTest {
    private static final AddressLimit LIMIT = new AddressLimit("cafe24", 10, Duration.ofMillis(1_100));
    private static final Instant START = Instant.parse("2026-03-02T00:00:00Z");
    private static final int THREADS = 4;
    private static final int CALLS = 15;

    @TempDir
    private Path folder = Path.of("");

    private Path file = Path.of("");

    @BeforeEach
    void name() {
        file = folder.resolve("limits").resolve("cafe24.calls");
    }

    /** What a process of {@link #manyProcessesAndThreadsStandInOneQueue} does: prints when each of its calls was made. */
    public static void main(String[] arguments) throws Exception {
        Turnstile turnstile = Turnstile.of(LIMIT, Path.of(arguments[0]));
        ExecutorService threads = Executors.newFixedThreadPool(THREADS);
        List<Future<List<Instant>>> calls = new ArrayList<>();
        for (int thread = 0; thread < THREADS; thread++) {
            calls.add(threads.submit(() -> calls(turnstile)));
        }
        for (Future<List<Instant>> made : calls) {
            made.get(1, TimeUnit.MINUTES).forEach(System.out::println);
        }
        threads.shutdown();
    }

    /** By a clock of its own, which is behind that of who waited longer. */
    private static List<Instant> calls(Turnstile turnstile) {
        TestTime time = new TestTime(START, wait -> {});
        Pace pace = new Pace(time, time, Budget.ofRun(time), turnstile);
        List<Instant> made = new ArrayList<>();
        for (int call = 0; call < CALLS; call++) {
            pace.awaitTurn();
            made.add(time.instant());
        }
        return made;
    }

    @Test
    void manyProcessesAndThreadsStandInOneQueue() throws Exception {
        List<Process> processes = List.of(begin("one"), begin("two"));
        for (Process process : processes) {
            assertThat(process.waitFor(1, TimeUnit.MINUTES)).isTrue();
        }

        List<Instant> made = new ArrayList<>();
        for (String output : List.of("one", "two")) {
            assertThat(folder.resolve(output + ".errors")).hasContent("");
            Files.readAllLines(folder.resolve(output)).forEach(line -> made.add(Instant.parse(line)));
        }

        // In any window of 1.1 s ten calls at most, and no time is lost: ten in every one.
        List<Instant> expected = new ArrayList<>();
        for (int call = 0; call < 2 * THREADS * CALLS; call++) {
            expected.add(START.plus(LIMIT.within().multipliedBy(call / LIMIT.calls())));
        }
        assertThat(made.stream().sorted()).containsExactlyElementsOf(expected);
    }

    @Test
    void callsThatAreFarApartWaitForNothing() {
        Turnstile turnstile = Turnstile.of(LIMIT, file);

        for (int call = 0; call < 25; call++) {
            Instant now = START.plusMillis(call * 110L);
            assertThat(turnstile.take(at(now))).isEqualTo(now);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"2026-03-02T00:00:00Z\n", "2026-03-02T00:00:00Z\n2026-0", "no times", "\n", "\n\n"})
    void aDamagedFileIsMadeAnewAsThoughAllCallsWereJustMade(String text) throws IOException {
        Files.createDirectories(Objects.requireNonNull(file.getParent()));
        Files.writeString(file, text);

        Turnstile turnstile = Turnstile.of(LIMIT, file);

        assertThat(turnstile.take(at(START))).isEqualTo(START.plusMillis(1_100));
        assertThat(Files.readAllLines(file)).hasSize(11);
        assertThat(turnstile.take(at(START.plusMillis(1_200)))).isEqualTo(START.plusMillis(1_200));
    }

    @Test
    void anEmptyFileIsNew() throws IOException {
        Files.createDirectories(Objects.requireNonNull(file.getParent()));
        Files.createFile(file);

        assertThat(Turnstile.of(LIMIT, file).take(at(START))).isEqualTo(START);
    }

    @Test
    void timesOfAClockThatWasSetBackAreForgotten() {
        Turnstile turnstile = Turnstile.of(LIMIT, file);
        for (int call = 0; call < 7; call++) {
            turnstile.take(at(START));
        }
        Instant back = START.minus(Duration.ofHours(1));

        assertThat(turnstile.take(at(back))).isEqualTo(back.plusMillis(1_100));
        assertThat(turnstile.take(at(back.plusSeconds(2)))).isEqualTo(back.plusSeconds(2));
    }

    @Test
    void aClockSetBackALittleLetsNobodyThroughEarlier() {
        Turnstile turnstile = Turnstile.of(LIMIT, file);
        for (int call = 0; call < 7; call++) {
            turnstile.take(at(START));
        }

        assertThat(turnstile.take(at(START.minusMillis(500)))).isEqualTo(START);
        assertThat(turnstile.take(at(START.minusMillis(500)))).isEqualTo(START);
        assertThat(turnstile.take(at(START.minusMillis(500)))).isEqualTo(START);
        assertThat(turnstile.take(at(START.minusMillis(500)))).isEqualTo(START.plusMillis(1_100));
    }

    @Test
    void whoseTimeIsUpDoesNotWait() {
        Turnstile turnstile = Turnstile.of(LIMIT, file);
        for (int call = 0; call < 10; call++) {
            turnstile.take(at(START));
        }
        Clock clock = Clock.fixed(START, ZoneOffset.UTC);
        Pace pace = new Pace(clock, wait -> {}, Budget.of(5, Duration.ofSeconds(1), clock), turnstile);

        assertThat(catchThrowable(pace::awaitTurn)).hasMessageStartingWith("BUDGET: ");
    }

    @Test
    void whoOversleepsHasMissedTheTurn() throws IOException {
        Turnstile turnstile = Turnstile.of(LIMIT, file);
        for (int call = 0; call < 10; call++) {
            turnstile.take(at(START));
        }
        TestTime time = new TestTime(START, wait -> {});
        Sleeper sleepy = wait -> time.sleep(wait.plusMillis(time.waits().isEmpty() ? 500 : 0));

        new Pace(time, sleepy, Budget.ofRun(time), turnstile).awaitTurn();

        assertThat(time.instant()).isEqualTo(START.plusMillis(1_600));
        assertThat(Files.readAllLines(file)).contains("2026-03-02T00:00:01.100Z", "2026-03-02T00:00:01.600Z");
    }

    private static Clock at(Instant instant) {
        return Clock.fixed(instant, ZoneOffset.UTC);
    }

    private Process begin(String output) throws IOException {
        String java = Path.of(Objects.requireNonNull(System.getProperty("java.home")), "bin", "java")
                .toString();
        return new ProcessBuilder(
                        java,
                        "-cp",
                        Objects.requireNonNull(System.getProperty("java.class.path")),
                        TurnstileTest.class.getName(),
                        file.toString())
                .redirectOutput(folder.resolve(output).toFile())
                .redirectError(folder.resolve(output + ".errors").toFile())
                .start();
    }
}
