package dev.jangbu.mart.catalog;

import dev.jangbu.kit.exit.ExitCode;
import dev.jangbu.kit.json.Json;
import dev.jangbu.mart.definition.Mart;
import dev.jangbu.mart.definition.MartCatalog;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code mart-job.jar list}: which marts there are, each after those it depends on. Needs no database. */
@Command(name = "list", description = "List the marts: name, grain, key, description.")
public final class ListCommand implements Callable<ExitCode> {
    @Option(names = "--json", description = "One JSON array on one line, for an orchestrator.")
    private boolean json;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Override
    public ExitCode call() {
        List<Mart> marts = MartCatalog.packaged().all();
        String text = json ? Json.line(marts.stream().map(ListCommand::entry).toList()) : table(marts);
        spec.commandLine().getOut().println(text);
        return ExitCode.DONE;
    }

    private static Map<String, Object> entry(Mart mart) {
        Map<String, Object> entry = new LinkedHashMap<>();
        entry.put("name", mart.name());
        entry.put("dataset", mart.metadata().source().dataset());
        entry.put("target", mart.metadata().target());
        entry.put("grain", mart.metadata().grain());
        entry.put("key", mart.metadata().key());
        entry.put("depends_on", mart.metadata().dependsOn());
        entry.put("description", mart.metadata().description());
        return entry;
    }

    private static String table(List<Mart> marts) {
        StringBuilder text = new StringBuilder();
        for (Mart mart : marts) {
            text.append(mart.name())
                    .append("  (")
                    .append(mart.metadata().grain())
                    .append("; key ")
                    .append(String.join(", ", mart.metadata().key()))
                    .append(")\n    ")
                    .append(mart.metadata().description())
                    .append('\n');
        }
        return text.toString().stripTrailing();
    }
}
