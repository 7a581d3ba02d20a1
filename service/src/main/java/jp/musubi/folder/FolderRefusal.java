package jp.musubi.folder;

/** Why a folder is not as somebody wants it; the words are folder.refusal.NAME. */
enum FolderRefusal {
  /** Another of that name stands there. */
  NAME_TAKEN,
  /** It would lie in itself. */
  IN_ITSELF,
  /** It would lie too deep. */
  TOO_DEEP,
  /** Something lies in it, be it out of the asker's sight. */
  NOT_EMPTY,
  /** The place is in another section's cabinet. */
  OTHER_CABINET,
  /** A contract lies in the folders of its own section or of one above it. */
  OTHER_SECTION,
  /** 親展 without anybody named would be lost to all. */
  NOBODY_NAMED,
  /** Whoever is not named neither lifts 親展 nor names themselves. */
  NOT_NAMED_ONESELF
}
