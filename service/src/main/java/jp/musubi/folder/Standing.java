package jp.musubi.folder;

/**
 * A folder as one person stands to it.
 *
 * @param seen they may see what lies in it, as far as they may know of it
 * @param kept they may change it and put folders into it
 * @param governed they may open it to sections and make it 親展
 */
record Standing(Folder folder, boolean seen, boolean kept, boolean governed) {}
