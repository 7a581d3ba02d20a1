package jp.musubi.shelf;

/** 控えの前の段階. How far somebody who came by a link has shown who they are. */
sealed interface Standing {
  /** Nobody came by a link, or too long ago. */
  record Outside() implements Standing {}

  /** Nothing is registered for the address: a file of one of its contracts is asked for. */
  record FileWanted(HolderStore.Session session) implements Standing {}

  /** An app is registered: its code is asked for. */
  record CodeWanted(HolderStore.Session session) implements Standing {}

  /** A file was shown, and an app waits for its first code. */
  record AppOffered(HolderStore.Session session) implements Standing {}

  /** Everything was shown. */
  record Open(Opened opened) implements Standing {}
}
