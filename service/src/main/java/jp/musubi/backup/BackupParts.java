package jp.musubi.backup;

import java.nio.file.Path;

/** The database that is backed up, and where to. */
record BackupParts(Source source, BackupFolder folder, WalShelf shelf, BackupKey key) {

  static BackupParts of(Source source, Path directory, Path tray, Path keyFile) {
    var key = BackupKey.read(keyFile);
    return new BackupParts(
        source, new BackupFolder(directory, key), new WalShelf(tray, directory, key), key);
  }

  /** The name of the database within its server. */
  String database() {
    var path = source.url().replaceFirst("\\?.*", "");
    return path.substring(path.lastIndexOf('/') + 1);
  }
}
