/** The installation under torture: a scratch workspace, a scratch database, and the packaged jobs as processes on them. */
@NullMarked
package dev.jangbu.faults.site;

import org.jspecify.annotations.NullMarked;
