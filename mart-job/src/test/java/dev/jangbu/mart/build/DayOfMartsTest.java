package dev.jangbu.mart.build;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jangbu.kit.exit.ExitCode;
import dev.jangbu.kit.json.Json;
import dev.jangbu.mart.definition.Mart;
import dev.jangbu.mart.definition.Metadata;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.BrokenBarrierException;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.Test;

class DayOfMartsTest {
    private final List<String> built = Collections.synchronizedList(new ArrayList<>());

    @Test
    void aMartIsBuiltAfterThoseItDependsOn() {
        assertThat(run("none").code()).isEqualTo(ExitCode.DONE);

        assertThat(built).containsExactlyInAnyOrder("first", "second", "third").containsSubsequence("first", "second");
    }

    @Test
    void aFailureHoldsBackOnlyWhatDependsOnIt() {
        DayEnd end = run("first");

        assertThat(built).containsExactlyInAnyOrder("first", "third");
        assertThat(end.code()).isEqualTo(ExitCode.HELD);
        assertThat(Json.line(end.summary("mart-job", "events", LocalDate.of(2026, 1, 15), new BigDecimal("1.500"))))
                .startsWith(
                        "{\"job\":\"mart-job\",\"dataset\":\"events\",\"slice\":\"all\",\"ds\":\"2026-01-15\","
                                + "\"status\":\"held\",\"exit_code\":12,\"message\":\"first held, second not_built\",\"marts\":[")
                .contains("],\"seconds\":1.500,\"version\":");
        assertThat(end.marts())
                .containsExactly(
                        MartEnd.ran("first", ExitCode.HELD),
                        MartEnd.heldBack("second"),
                        MartEnd.ran("third", ExitCode.DONE));
    }

    @Test
    void independentMartsAreBuiltAtOnce() {
        CyclicBarrier both = new CyclicBarrier(2);

        DayEnd end = new DayOfMarts(List.of(mart("first"), mart("second")), 2, mart -> {
                    await(both);
                    return ExitCode.DONE;
                })
                .run();

        assertThat(end.code()).isEqualTo(ExitCode.DONE);
    }

    private static void await(CyclicBarrier both) {
        try {
            both.await(10, TimeUnit.SECONDS);
        } catch (InterruptedException | BrokenBarrierException | TimeoutException alone) {
            throw new AssertionError("not built at once", alone);
        }
    }

    private DayEnd run(String failing) {
        List<Mart> marts = List.of(mart("first"), mart("second", "first"), mart("third"));
        return new DayOfMarts(marts, 1, mart -> {
                    built.add(mart.name());
                    return mart.name().equals(failing) ? ExitCode.HELD : ExitCode.DONE;
                })
                .run();
    }

    private static Mart mart(String name, String... dependsOn) {
        Mart packaged = MartRun.MARTS.named("mart_orders");
        Metadata like = packaged.metadata();
        Metadata metadata = new Metadata(
                name,
                like.target(),
                like.description(),
                like.grain(),
                like.key(),
                like.dateColumn(),
                like.source(),
                like.alsoReads(),
                List.of(dependsOn),
                like.cost(),
                like.limits(),
                like.usedBy());
        return new Mart(metadata, packaged.columns(), packaged.query(), packaged.checks());
    }
}
