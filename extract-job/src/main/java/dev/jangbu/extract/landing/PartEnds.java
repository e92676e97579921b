package dev.jangbu.extract.landing;

import dev.jangbu.kit.workspace.Manifest;
import java.util.List;

/** Told of a landing's parts as they end. */
interface PartEnds {
    /**
     * On the thread that writes, before the next line.
     *
     * @param parts all until now, the one that ended last
     * @return what is to be done once that part is on the disk, on another thread
     */
    Runnable ended(List<Manifest.Entry> parts);
}
