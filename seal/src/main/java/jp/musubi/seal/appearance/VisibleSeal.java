package jp.musubi.seal.appearance;

/** What is drawn where. */
public record VisibleSeal(Imprint imprint, Place place) {}
