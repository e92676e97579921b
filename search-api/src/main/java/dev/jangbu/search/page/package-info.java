/** The pages: HTML written on the server, no script. */
@NullMarked
package dev.jangbu.search.page;

import org.jspecify.annotations.NullMarked;
