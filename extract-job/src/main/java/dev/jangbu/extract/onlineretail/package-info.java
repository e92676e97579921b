/**
 * The invoices of UCI Online Retail as a channel of files: an invoice is an order, and what was cancelled is taken off the
 * sales it belongs to, as far as the files tell which.
 */
@NullMarked
package dev.jangbu.extract.onlineretail;

import org.jspecify.annotations.NullMarked;
