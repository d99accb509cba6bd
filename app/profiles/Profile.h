#pragma once

#include "endpoint/Endpoint.h"
#include "formats/DecodeOptions.h"
#include "formats/FieldColumns.h"
#include "profiles/NotifyOptions.h"

#include <QJsonObject>

namespace sockeye {

/// A saved connection. One JSON file each, named after its id, meant to be read, edited and put under version control:
///
///     { "sockeye": "profile", "version": 1, "name": "ticker", "folder": "staging", "url": "wss://...",
///       "subprotocols": ["v2"], "headers": [{"name": "X-A", "value": "1", "enabled": true}],
///       "tls": {...}, "proxy": "", "notify": {"filter": "has:finding", "ends": true, "returns": true},
///       "formats": [{"topic": "sensors/+", "format": "msgpack"}], "columns": [{"path": "$.price"}],
///       "columnSets": [...] }
///
/// It may hold secrets (headers, passphrases, a proxy's password), so files are written for the owner's eyes only.
/// Members that this version does not know are kept when the file is written again.
struct Profile
{
    /// The file's name without ".json": a slug of the name when created, never changed after.
    QString id;
    QString name;
    /// Folders in folders are parted by "/": "staging/eu". Empty for the top level.
    QString folder;
    Endpoint endpoint;
    /// What the user is told of while looking elsewhere.
    NotifyOptions notify;
    /// As what its messages are read.
    DecodeOptions decode;
    /// Which of their fields are columns of the log.
    ColumnOptions columns;
    /// Members of the file that this version does not know.
    QJsonObject unknown;

    friend bool operator==(const Profile &, const Profile &) = default;
};

/// The folder's name as it is shown and compared: without blanks around its parts, and without empty parts.
[[nodiscard]] QString folderPath(const QString &folder);

[[nodiscard]] QByteArray toJson(const Profile &profile);
[[nodiscard]] Result<Profile> profileFromJson(const QByteArray &json);

} // namespace sockeye
