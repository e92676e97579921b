package dev.jangbu.extract.cardfiles;

import dev.jangbu.extract.files.InputFiles;
import dev.jangbu.extract.mapping.MappedRecords;
import dev.jangbu.extract.mapping.Mapping;
import dev.jangbu.extract.window.AccountWindow;
import dev.jangbu.extract.window.RecordWriter;
import dev.jangbu.extract.window.ShopAccess;
import dev.jangbu.extract.window.ShopSource;
import dev.jangbu.kit.workspace.StorageFailure;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;

/**
 * Payments by card out of files: each run lands all that is in the files, once. What was loaded from other files before is
 * known by its id, and merged as unchanged.
 */
public final class CardFilesSource implements ShopSource {
    private static final String NAME = "files";

    private final Path input;
    private final Mapping mapping;

    /** @param input a file, plain or gzip, or a folder of which all files are read by name */
    public CardFilesSource(Path input, Mapping mapping) {
        this.input = input;
        this.mapping = mapping;
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public String profile() {
        return mapping.profile();
    }

    @Override
    public Set<String> datasets() {
        return Set.of("card-sales");
    }

    @Override
    public String plan() {
        return "the payments in " + input + " by mapping " + mapping.name();
    }

    @Override
    public Map<String, Long> extract(String dataset, AccountWindow window, ShopAccess access, RecordWriter landing) {
        PaymentLanding payments = new PaymentLanding(access, window.to(), landing);
        MappedRecords rows = new MappedRecords(mapping, window.calendar().zone(), payments);
        for (Path file : InputFiles.of(input).files()) {
            try (InputStream content = InputFiles.open(file)) {
                rows.read(InputFiles.withoutMark(content), String.valueOf(file.getFileName()));
            } catch (IOException failure) {
                throw StorageFailure.of("cannot read", file, failure);
            }
        }
        return payments.counts();
    }
}
