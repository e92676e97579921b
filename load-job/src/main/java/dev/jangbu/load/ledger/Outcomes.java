package dev.jangbu.load.ledger;

/**
 * What became of the rows of one file, or of several.
 *
 * @param inserted their key was not known
 * @param updated their content is newer than what was held
 * @param unchanged their content was held already
 * @param superseded a newer version was held, or came in the same window
 */
public record Outcomes(long inserted, long updated, long unchanged, long superseded) {
    public static final Outcomes NONE = new Outcomes(0, 0, 0, 0);

    public Outcomes plus(Outcomes other) {
        return new Outcomes(
                inserted + other.inserted,
                updated + other.updated,
                unchanged + other.unchanged,
                superseded + other.superseded);
    }
}
