package dev.jangbu.extract.simulator;

import dev.jangbu.extract.simulator.Catalogue.Product;

/** A product in a cart. */
record Item(Product product, int quantity) {
    long amount() {
        return (long) product.price() * quantity;
    }
}
