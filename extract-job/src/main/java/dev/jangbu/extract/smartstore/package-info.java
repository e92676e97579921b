/**
 * SmartStore, by Naver's Commerce API: product orders that changed, and the products. A line of the landing is one product
 * order as the platform describes it, less whatever names a person.
 */
@NullMarked
package dev.jangbu.extract.smartstore;

import org.jspecify.annotations.NullMarked;
