package dev.jangbu.mart.build;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jangbu.kit.exit.ExitCode;
import dev.jangbu.mart.definition.Mart;
import dev.jangbu.mart.definition.Metadata;
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
        assertThat(run("none")).isEqualTo(ExitCode.DONE);

        assertThat(built).containsExactlyInAnyOrder("first", "second", "third").containsSubsequence("first", "second");
    }

    @Test
    void aFailureHoldsBackOnlyWhatDependsOnIt() {
        assertThat(run("first")).isEqualTo(ExitCode.HELD);

        assertThat(built).containsExactlyInAnyOrder("first", "third");
    }

    @Test
    void independentMartsAreBuiltAtOnce() {
        CyclicBarrier both = new CyclicBarrier(2);

        ExitCode code = new DayOfMarts(List.of(mart("first"), mart("second")), 2, mart -> {
                    await(both);
                    return ExitCode.DONE;
                })
                .run();

        assertThat(code).isEqualTo(ExitCode.DONE);
    }

    private static void await(CyclicBarrier both) {
        try {
            both.await(10, TimeUnit.SECONDS);
        } catch (InterruptedException | BrokenBarrierException | TimeoutException alone) {
            throw new AssertionError("not built at once", alone);
        }
    }

    private ExitCode run(String failing) {
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
                List.of(dependsOn),
                like.limits(),
                like.usedBy());
        return new Mart(metadata, packaged.columns(), packaged.query(), packaged.checks());
    }
}
