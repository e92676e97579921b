package dev.jangbu.extract.source;

/** A source's own command-line options, a picocli mixin. Options of another source than the chosen one are refused. */
public interface SourceOptions {
    /** The word for {@code --source}. */
    String source();

    /**
     * The source these options ask for. Checked here, before the run starts: names, numbers, files that must exist.
     *
     * @throws dev.jangbu.kit.exit.JobFailure with {@link dev.jangbu.kit.exit.ExitCode#USAGE} when an option is wrong
     */
    EventSource open();
}
