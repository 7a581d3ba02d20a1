package jp.musubi.contract;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import jp.musubi.seal.Sha256;

/**
 * 契約書一式. A contract's document with its attachments, in order. Pure.
 *
 * @param documentPages pages of the document alone
 */
public record DocumentSet(int documentPages, List<Attachment> attachments) {
  /** Files beside the document. */
  public static final int MOST_FILES = 200;

  /** Bytes of one file: 50 MB as an operating system counts them. */
  public static final long MOST_FILE_BYTES = 50L << 20;

  /** Bytes of all files. */
  public static final long MOST_BYTES = 1L << 30;

  /** Pages of the file that is sealed; the inspection's own limit. */
  static final int MOST_SIGNED_PAGES = 2_000;

  /** Bytes of the file that is sealed; the inspection's own limit. */
  static final long MOST_SIGNED_BYTES = 50_000_000;

  /** Keeps its own copy. */
  public DocumentSet {
    attachments = List.copyOf(attachments);
  }

  /** Why a file does not come in. */
  public enum Unfit {
    /** It has no bytes. */
    EMPTY,
    /** Larger than a file may be. */
    TOO_LARGE,
    /** Its name says a format that we do not keep, or none. */
    FORMAT,
    /** Its bytes are none of the format that its name says, or a program's. */
    MISMATCH,
    /** Only a PDF can be bound into the file that is sealed. */
    NOT_PDF,
    /** The same bytes are there already. */
    TWICE,
    /** There are as many files as there may be. */
    TOO_MANY,
    /** All files together would be too large. */
    SET_TOO_LARGE,
    /** What is sealed would have too many pages or bytes. */
    SIGNED_TOO_LARGE
  }

  /** What is bound into the file that is sealed, in order. */
  public List<Attachment> signed() {
    return of(Attachment.Role.SIGNED);
  }

  /** What is listed in it. */
  public List<Attachment> references() {
    return of(Attachment.Role.REFERENCE);
  }

  /** What is only kept with the case. */
  public List<Attachment> internal() {
    return of(Attachment.Role.INTERNAL);
  }

  /** Whether the document is all there is of the contract. */
  public boolean isDocumentAlone() {
    return attachments.stream().noneMatch(Attachment::isShown);
  }

  /** The page of the sealed file, from 1, on which a signed attachment begins. */
  public int firstPage(Attachment attachment) {
    var page = documentPages + 1;
    for (var each : signed()) {
      if (each.id().equals(attachment.id())) {
        return page;
      }
      page += each.pages();
    }
    throw new IllegalArgumentException(attachment.id() + " is not bound");
  }

  /** The attachment of that key. */
  public Optional<Attachment> find(UUID id) {
    return attachments.stream().filter(each -> each.id().equals(id)).findFirst();
  }

  /** The set without one. */
  DocumentSet without(UUID id) {
    return new DocumentSet(
        documentPages, attachments.stream().filter(each -> !each.id().equals(id)).toList());
  }

  /** The place behind all others. */
  int next() {
    return attachments.isEmpty() ? 0 : attachments.getLast().ordinal() + 1;
  }

  /** Why the set cannot take in one more file. */
  Optional<Unfit> refuses(Attachment.Role role, long bytes, int pages, Sha256 original) {
    if (attachments.stream().anyMatch(each -> each.original().equals(original))) {
      return Optional.of(Unfit.TWICE);
    }
    if (attachments.size() >= MOST_FILES) {
      return Optional.of(Unfit.TOO_MANY);
    }
    if (bytes(attachments) + bytes > MOST_BYTES) {
      return Optional.of(Unfit.SET_TOO_LARGE);
    }
    var bound = documentPages + signed().stream().mapToInt(Attachment::pages).sum();
    return role == Attachment.Role.SIGNED
            && (bytes(signed()) + bytes > MOST_SIGNED_BYTES || bound + pages > MOST_SIGNED_PAGES)
        ? Optional.of(Unfit.SIGNED_TOO_LARGE)
        : Optional.empty();
  }

  /**
   * Whom one file changes places with when it goes one place up or down among those of its role;
   * nobody at the end.
   */
  Optional<Attachment> neighbour(Attachment attachment, boolean up) {
    var row = new ArrayList<>(of(attachment.role()));
    var at = row.indexOf(attachment) + (up ? -1 : 1);
    return at < 0 || at >= row.size() ? Optional.empty() : Optional.of(row.get(at));
  }

  private List<Attachment> of(Attachment.Role role) {
    return attachments.stream().filter(each -> each.role() == role).toList();
  }

  private static long bytes(List<Attachment> files) {
    return files.stream().mapToLong(Attachment::bytes).sum();
  }
}
