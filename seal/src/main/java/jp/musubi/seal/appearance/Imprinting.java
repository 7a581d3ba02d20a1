package jp.musubi.seal.appearance;

import java.util.List;

/** What became of the seals to be drawn: all of them, or none and why. */
public sealed interface Imprinting {
  /** All stand in the file. */
  record Done(List<Imprinted> imprints) implements Imprinting {
    public Done {
      imprints = List.copyOf(imprints);
    }
  }

  /** No file was written; the first refusal, and the field it is about. */
  record Refused(String field, ImprintRefusal reason) implements Imprinting {}
}
