package dev.jangbu.devsource;

import java.nio.file.Path;

/**
 * A database of a server, with its two users; both come by TLS only.
 *
 * @param reader may read its tables
 * @param owner may do all in it
 */
public record SourceDatabase(
        String name, String reader, Path readerPasswordFile, String owner, Path ownerPasswordFile) {}
