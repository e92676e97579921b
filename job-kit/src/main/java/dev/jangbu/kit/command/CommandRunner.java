package dev.jangbu.kit.command;

import dev.jangbu.kit.exit.ExitCode;
import dev.jangbu.kit.exit.JobFailure;
import dev.jangbu.kit.run.Version;
import java.io.PrintWriter;
import picocli.AutoComplete;
import picocli.CommandLine;

/**
 * Runs a picocli command and maps its end to an exit code, the only place that does. Commands are
 * {@code Callable<ExitCode>}; wrong arguments are one line and exit code 2.
 */
public final class CommandRunner {
    private CommandRunner() {}

    /** Runs the command and returns the process's exit code. */
    public static int run(Object command, String... arguments) {
        return commandLine(command).execute(arguments);
    }

    static CommandLine commandLine(Object command) {
        CommandLine line = new CommandLine(command);
        CommandLine completion = new CommandLine(new AutoComplete.GenerateCompletion());
        completion.getCommandSpec().usageMessage().hidden(true);
        line.addSubcommand(completion);
        helpOf(line);
        line.getCommandSpec().version(line.getCommandName() + " " + Version.current());
        line.setUsageHelpWidth(100);
        line.setExitCodeExceptionMapper(failure -> ExitCode.FAILED.code());
        line.setExecutionStrategy(parsed -> {
            int code = new CommandLine.RunLast().execute(parsed);
            Object result = lastResult(parsed);
            return result instanceof ExitCode exitCode ? exitCode.code() : code;
        });
        line.setParameterExceptionHandler(
                (failure, given) -> refuse(failure.getCommandLine(), String.valueOf(failure.getMessage())));
        line.setExecutionExceptionHandler((failure, given, parsed) -> {
            if (failure instanceof JobFailure told) {
                given.getErr().println(told.getMessage());
                return told.exitCode().code();
            }
            given.getErr().println(failure);
            return ExitCode.FAILED.code();
        });
        return line;
    }

    /** The command's and that of all below it. */
    private static void helpOf(CommandLine line) {
        line.getCommandSpec().mixinStandardHelpOptions(true);
        line.getSubcommands().values().forEach(CommandRunner::helpOf);
    }

    private static Object lastResult(CommandLine.ParseResult parsed) {
        CommandLine.ParseResult last = parsed;
        while (last.hasSubcommand()) {
            last = last.subcommand();
        }
        Object result = last.commandSpec().commandLine().getExecutionResult();
        return result == null ? ExitCode.DONE : result;
    }

    private static int refuse(CommandLine line, String message) {
        PrintWriter err = line.getErr();
        err.println(message);
        err.println("See `" + line.getCommandSpec().qualifiedName() + " --help`.");
        return ExitCode.USAGE.code();
    }
}
