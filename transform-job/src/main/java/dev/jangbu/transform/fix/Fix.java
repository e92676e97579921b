package dev.jangbu.transform.fix;

import dev.jangbu.transform.contract.Check;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * A file of rules. Immutable; the same line with the same failures always comes out the same.
 *
 * @param name of the file, for people
 * @param sha256 of its bytes
 * @param why what the rules are for; empty where the file does not say
 * @param rules carried out one after the other, each on what those before it made
 */
public record Fix(String name, String sha256, String why, List<Rule> rules) {
    public Fix {
        rules = List.copyOf(rules);
    }

    /**
     * Carries the rules out on a line.
     *
     * @param line without its break
     * @param failed the checks it failed
     * @return the line as the rules leave it; empty where they change nothing, or leave what is no line of UTF-8
     */
    public Optional<String> apply(byte[] line, Set<Check> failed) {
        Draft draft = new Draft(line);
        for (Rule rule : rules) {
            rule.apply(draft, failed);
        }
        return draft.result();
    }
}
