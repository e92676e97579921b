package dev.jangbu.transform.fix;

import dev.jangbu.transform.contract.Check;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/**
 * One change.
 *
 * @param check only lines that failed it; null for any
 * @param where only lines in which a field has a value; null for any
 * @param field what is changed; {@link FieldPath#isLine} for the whole line
 */
record Rule(@Nullable Check check, @Nullable Condition where, FieldPath field, Action action) {
    void apply(Draft draft, Set<Check> failed) {
        if (check != null && !failed.contains(check)) {
            return;
        }
        if (where != null && !where.holds(draft)) {
            return;
        }
        if (field.isLine() && action instanceof Action.Replace replace) {
            draft.text(replace.in(draft.text()));
            return;
        }
        @Nullable ObjectNode record = draft.record();
        if (record != null) {
            boolean isChanged = false;
            for (ObjectNode owner : field.owners(record)) {
                isChanged |= action.apply(owner, field.name());
            }
            draft.changed(isChanged);
        }
    }
}
