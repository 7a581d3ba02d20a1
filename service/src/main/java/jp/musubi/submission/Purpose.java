package jp.musubi.submission;

import jp.musubi.contract.Attachment;

/** 使いみち. What a document is asked for, and so what it has to stand when it is handed in. */
enum Purpose {
  /** 契約書案: it becomes the contract's own document. */
  DOCUMENT(Attachment.Role.SIGNED),
  /** 署名対象: bound into the file that is sealed. */
  SIGNED(Attachment.Role.SIGNED),
  /** 参照: a file of its own, whose digest stands in the file that is sealed. */
  REFERENCE(Attachment.Role.REFERENCE);

  private final Attachment.Role tried;

  Purpose(Attachment.Role tried) {
    this.tried = tried;
  }

  /** As what a file is looked at when it comes. */
  Attachment.Role tried() {
    return tried;
  }
}
