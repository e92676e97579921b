package dev.jangbu.transform.fast;

import dev.jangbu.transform.check.DayRules;
import dev.jangbu.transform.check.Failure;
import dev.jangbu.transform.check.Tallies;
import dev.jangbu.transform.contract.Check;
import dev.jangbu.transform.landing.LandingPart;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The verdicts of {@code funnel_sequence}, known when the day has been read. */
final class FunnelVerdicts {
    private final BitSet boughtWithoutCart = new BitSet();
    private final BitSet cartUnseen = new BitSet();

    /** Judges every session and counts it, the failing ones in the order of where they went wrong. */
    static FunnelVerdicts of(Sessions sessions, List<LandingPart> parts, Tallies tallies) {
        FunnelVerdicts verdicts = new FunnelVerdicts();
        long[] places = new long[sessions.size()];
        int failing = 0;
        for (int session = 0; session < sessions.size(); session++) {
            long place = verdicts.judge(sessions, session);
            if (place != Sessions.NEVER) {
                places[failing++] = place << 1 | (verdicts.boughtWithoutCart.get(session) ? 0 : 1);
            }
        }
        tallies.count(Check.FUNNEL_SEQUENCE, sessions.counted());
        Arrays.sort(places, 0, failing);
        for (int index = 0; index < failing; index++) {
            Failure failure = (places[index] & 1) == 0 ? DayRules.BOUGHT_WITHOUT_CART : DayRules.CART_UNSEEN;
            long place = places[index] >>> 1;
            tallies.fail(failure, parts.get(Place.part(place)).name(), Place.line(place));
        }
        return verdicts;
    }

    boolean isEmpty() {
        return boughtWithoutCart.isEmpty() && cartUnseen.isEmpty();
    }

    /** Why the session fails; null when it passes, or for {@link Mark#NO_SESSION}. */
    @Nullable
    Failure of(int session) {
        if (session == Mark.NO_SESSION) {
            return null;
        }
        if (boughtWithoutCart.get(session)) {
            return DayRules.BOUGHT_WITHOUT_CART;
        }
        return cartUnseen.get(session) ? DayRules.CART_UNSEEN : null;
    }

    private long judge(Sessions sessions, int session) {
        long bought = sessions.boughtWithoutCart(session);
        if (bought != Sessions.NEVER) {
            boughtWithoutCart.set(session);
            return bought;
        }
        long unseen = sessions.cartUnseen(session);
        if (unseen != Sessions.NEVER) {
            cartUnseen.set(session);
        }
        return unseen;
    }
}
