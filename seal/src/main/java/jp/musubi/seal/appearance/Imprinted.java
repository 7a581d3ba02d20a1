package jp.musubi.seal.appearance;

import java.util.List;

/**
 * A seal that was drawn.
 *
 * @param field the signature field whose appearance it is
 * @param notes what somebody should know about it, empty when it is as asked for
 */
public record Imprinted(String field, List<Note> notes) {
  public Imprinted {
    notes = List.copyOf(notes);
  }
}
