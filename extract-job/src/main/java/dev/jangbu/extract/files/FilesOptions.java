package dev.jangbu.extract.files;

import dev.jangbu.extract.mapping.Mapping;
import dev.jangbu.extract.mapping.Mappings;
import dev.jangbu.extract.source.EventSource;
import dev.jangbu.extract.source.SourceOptions;
import dev.jangbu.kit.exit.ExitCode;
import dev.jangbu.kit.exit.JobFailure;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The options of {@code --source files}. */
public final class FilesOptions implements SourceOptions {
    private static final String PROFILE_NAME = "[a-z0-9][a-z0-9-]{0,63}";

    @Option(
            names = "--input",
            paramLabel = "PATH",
            description =
                    "files: a file, or a folder of which all files are read by name; JSON Lines or CSV, plain or gzip."
                            + " Shops: the file of a source that is one.")
    private @Nullable Path input;

    @Option(
            names = "--mapping",
            paramLabel = "NAME|FILE",
            description =
                    "files: which column is which field: ga4, online-retail, purchase-cards, rees46, retailrocket,"
                            + " or a YAML file. Without it the lines are taken as they are.")
    private @Nullable String mapping;

    @Option(
            names = "--profile",
            paramLabel = "NAME",
            description = "files: the contract profile to judge by (default: the mapping's, else default).")
    private @Nullable String profile;

    @Override
    public String source() {
        return FilesSource.NAME;
    }

    /** What was given as {@code --input}; also a shop's file is given so. */
    public Optional<Path> input() {
        return Optional.ofNullable(input);
    }

    /** What was given as {@code --mapping}. */
    public Optional<String> mapping() {
        return Optional.ofNullable(mapping);
    }

    /** @throws JobFailure with {@link ExitCode#USAGE} when the input is not one file */
    public Path onlyFile() {
        if (input == null || !Files.isRegularFile(input)) {
            throw new JobFailure(
                    ExitCode.USAGE,
                    "--input: " + (input == null ? "missing" : input) + " (expected: one file, with --append-late)");
        }
        return input;
    }

    @Override
    public EventSource open() {
        if (input == null) {
            throw new JobFailure(ExitCode.USAGE, "--input: missing (expected: a file or a folder)");
        }
        Mapping found = mapping == null ? null : Mappings.find(mapping);
        String chosen = profile != null ? profile : found != null ? found.profile() : "default";
        if (!chosen.matches(PROFILE_NAME)) {
            throw new JobFailure(
                    ExitCode.USAGE, "--profile: " + chosen + " (expected: lower-case letters, digits and dashes)");
        }
        InputFiles files = InputFiles.of(input);
        if (found == null) {
            files.requireLines();
        }
        return new FilesSource(files, found, chosen);
    }
}
