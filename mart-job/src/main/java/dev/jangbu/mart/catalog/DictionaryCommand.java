package dev.jangbu.mart.catalog;

import dev.jangbu.kit.exit.ExitCode;
import dev.jangbu.kit.workspace.AtomicFiles;
import dev.jangbu.mart.definition.MartCatalog;
import dev.jangbu.mart.definition.ViewCatalog;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code mart-job.jar dictionary --out docs/data-dictionary.md}: writes the data dictionary. Needs no database. */
@Command(name = "dictionary", description = "Write the data dictionary of the marts as Markdown.")
public final class DictionaryCommand implements Callable<ExitCode> {
    @Option(names = "--out", required = true, paramLabel = "FILE", description = "The file to write.")
    private Path out = Path.of("docs", "data-dictionary.md");

    @Override
    public ExitCode call() {
        String text = new DataDictionary(MartCatalog.packaged().all(), ViewCatalog.packaged()).markdown();
        AtomicFiles.write(out.toAbsolutePath(), text.getBytes(StandardCharsets.UTF_8));
        return ExitCode.DONE;
    }
}
