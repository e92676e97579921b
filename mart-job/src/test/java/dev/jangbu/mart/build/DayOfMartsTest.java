package dev.jangbu.mart.build;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jangbu.kit.run.ExitCode;
import dev.jangbu.mart.definition.Mart;
import dev.jangbu.mart.definition.Metadata;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class DayOfMartsTest {
    private final List<String> built = new ArrayList<>();

    @Test
    void allMartsAreBuiltInOrder() {
        assertThat(run("none")).isEqualTo(ExitCode.DONE);

        assertThat(built).containsExactly("first", "second", "third");
    }

    @Test
    void aFailureHoldsBackOnlyWhatDependsOnIt() {
        assertThat(run("first")).isEqualTo(ExitCode.HELD);

        assertThat(built).containsExactly("first", "third");
    }

    private ExitCode run(String failing) {
        List<Mart> marts = List.of(mart("first"), mart("second", "first"), mart("third"));
        return new DayOfMarts(marts, mart -> {
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
