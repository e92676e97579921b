package dev.jangbu.spark.check;

import java.util.Iterator;
import org.jspecify.annotations.Nullable;
import scala.Tuple2;

/** What was found of a piece's lines, walked beside them. Of one thread. */
final class FoundLines {
    private final Iterator<Tuple2<Long, Found>> found;
    private @Nullable Tuple2<Long, Found> next;

    /** @param found by place, in the order of places; a line may be there more than once */
    FoundLines(Iterator<Tuple2<Long, Found>> found) {
        this.found = found;
        this.next = read();
    }

    /** What was found of a line; asked for in the order of lines. */
    Found at(long place) {
        Found all = Found.NOTHING;
        while (next != null && next._1() <= place) {
            all = next._1() == place ? all.and(next._2()) : all;
            next = read();
        }
        return all;
    }

    private @Nullable Tuple2<Long, Found> read() {
        return found.hasNext() ? found.next() : null;
    }
}
