#pragma once

#include "base/FileIdentity.h"
#include "base/Result.h"

#include <QByteArray>

namespace sockeye {

class SqliteDatabase;

/// Which capture stands at a path: another program may save one over another, by putting a new file in the old one's
/// place or by writing into it, while the old one is open here.
struct CaptureIdentity
{
    FileIdentity file;
    /// By the capture's own account, when it was begun, to the nanosecond; empty if it does not tell.
    QByteArray created;

    /// Of the file that is there now. Blocks; call it in the background.
    [[nodiscard]] static Result<CaptureIdentity> of(const QString &path);
    /// `created` of a capture that is open.
    [[nodiscard]] static Result<QByteArray> createdIn(const SqliteDatabase &capture);

    /// Of an identity that was never read: it is that of any file.
    [[nodiscard]] bool isUnknown() const { return *this == CaptureIdentity(); }

    friend bool operator==(const CaptureIdentity &, const CaptureIdentity &) = default;
};

} // namespace sockeye
