package dev.jangbu.extract.window;

import dev.jangbu.extract.account.Account;
import dev.jangbu.extract.account.NeedsAttention;
import java.sql.SQLException;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Where an account's records come from: a platform, or a file of its. It streams, and judges nothing: that is
 * transform-job's work. Nothing of it is seen by anybody when it throws.
 */
public interface ShopSource {
    /** Of the manifest and of {@code --source}, such as {@code cafe24}. */
    String name();

    /** The contract profile its lines are to be judged by. */
    default String profile() {
        return name();
    }

    /** The datasets it has, such as {@code orders}. */
    Set<String> datasets();

    /**
     * Of a source that is read in the order of change: what it is, so that a run goes on where one was killed that read the
     * same. It has no beginning: its first load is of everything. Empty where records are asked for by window.
     */
    default Optional<String> followed(Account account) {
        return Optional.empty();
    }

    /** What it would read, in a few words for people; names no secret. */
    String plan();

    /**
     * Writes what the account has of the dataset in the window, and may write more: what is written twice is merged later.
     *
     * @return what was counted beside the lines, by name: {@code calls}, {@code count_expected}, …
     * @throws NeedsAttention when only the account's owner can help
     * @throws dev.jangbu.kit.exit.JobFailure when the source cannot be read, or says what cannot be right
     */
    Map<String, Long> extract(String dataset, AccountWindow window, ShopAccess access, RecordWriter landing)
            throws SQLException, NeedsAttention;

    /**
     * Asks for a little of everything the account is for, and lands nothing.
     *
     * @return what answered, in a few words for people
     * @throws NeedsAttention when only the account's owner can help
     * @throws dev.jangbu.kit.exit.JobFailure when the source cannot be read
     */
    default String test(ShopAccess access) throws SQLException, NeedsAttention {
        return "nothing to ask";
    }

    /**
     * Renews the account's access where it ends for good by not being used; asks nobody where it does not.
     *
     * @throws NeedsAttention when only the account's owner can help
     * @throws dev.jangbu.kit.exit.JobFailure when the platform cannot be asked
     */
    default void renew(ShopAccess access) throws SQLException, NeedsAttention {}
}
