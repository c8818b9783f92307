package io.apsaramqtt.permission.source;

import io.apsaramqtt.permission.EffectivePermissions;

/** A file of policies that is read again when its folder says that something was written. */
record WatchedFilePermissionSource(FilePermissionSource file) implements PermissionSource {

    @Override
    public EffectivePermissions load() {
        return file.load();
    }

    @Override
    public AutoCloseable watch(Runnable changed) {
        return FolderWatch.start(file.path(), changed);
    }
}
