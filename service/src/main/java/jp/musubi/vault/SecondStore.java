package jp.musubi.vault;

import java.util.Optional;

/** 複製の置き場, if the operator named one. */
record SecondStore(Optional<ObjectBytes> bytes) {}
