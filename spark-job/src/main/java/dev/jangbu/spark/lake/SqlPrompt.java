package dev.jangbu.spark.lake;

import dev.jangbu.kit.exit.ExitCode;
import java.io.IOException;
import java.io.PrintStream;
import java.util.List;
import java.util.Locale;
import org.jline.reader.EndOfFileException;
import org.jline.reader.LineReader;
import org.jline.reader.LineReaderBuilder;
import org.jline.reader.UserInterruptException;
import org.jline.terminal.Terminal;
import org.jline.terminal.TerminalBuilder;

/** The prompt on a terminal: lines can be edited, earlier ones come back by the arrow keys, nothing is kept. */
final class SqlPrompt {
    private static final List<String> ENDS = List.of("exit", "quit", "\\q");
    private static final String FIRST = "lake> ";
    private static final String NEXT = "   -> ";

    private final SqlAnswers answers;
    private final PrintStream out;

    SqlPrompt(SqlAnswers answers, PrintStream out) {
        this.answers = answers;
        this.out = out;
    }

    /** Until exit, or the end of the input. */
    ExitCode run() throws IOException {
        out.println(
                "SELECT … FROM events;   SHOW TABLES;   DESCRIBE events;   SELECT * FROM events.snapshots;   exit;");
        try (Terminal terminal = TerminalBuilder.builder().system(true).build()) {
            LineReader reader = LineReaderBuilder.builder().terminal(terminal).build();
            // '!' is no word of the shell's here.
            reader.setOpt(LineReader.Option.DISABLE_EVENT_EXPANSION);
            SqlText text = new SqlText();
            while (true) {
                try {
                    String line = reader.readLine(text.isPending() ? NEXT : FIRST);
                    if (!text.isPending() && isEnd(line)) {
                        return ExitCode.DONE;
                    }
                    text.add(line).forEach(answers::isAnswered);
                } catch (UserInterruptException dropped) {
                    text.clear();
                } catch (EndOfFileException end) {
                    return ExitCode.DONE;
                }
            }
        }
    }

    private static boolean isEnd(String line) {
        String word = line.strip().toLowerCase(Locale.ROOT);
        return ENDS.contains(word.endsWith(";") ? word.substring(0, word.length() - 1) : word);
    }
}
