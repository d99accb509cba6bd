#pragma once

#include "base/Result.h"
#include "log/LogModel.h"
#include "endpoint/Endpoint.h"
#include "widgets/composer/Composer.h"

#include <QByteArray>
#include <QList>

namespace sockeye {

/// A tab as it is found again at the next start.
struct TabState
{
    /// Without the passwords in its URLs once it has been written.
    Endpoint endpoint;
    /// Of the profile that it came from; empty for none.
    QString profileId;
    /// The capture that it shows; empty for none.
    QString capture;
    /// A capture opened from a file, rather than a connection and what it recorded.
    bool isFile = false;
    /// Connected, or about to be.
    bool wasOpen = false;
    QString filter;
    LogModel::FilterMode filterMode = LogModel::FilterMode::Hide;
    LogModel::Quiet quiet;
    ComposerDraft draft;

    friend bool operator==(const TabState &, const TabState &) = default;
};

/// What a window holds, kept while the program runs and found again by the next one: a JSON file.
struct SessionState
{
    QList<TabState> tabs;
    /// The tab in front; -1 for none.
    int current = -1;
    /// The program that wrote it came to its end, rather than being killed.
    bool isClosed = false;

    [[nodiscard]] QByteArray toJson() const;
    /// What can be read of it: a tab that makes no sense is left out. An error for what is no session at all.
    [[nodiscard]] static Result<SessionState> fromJson(const QByteArray &json);

    friend bool operator==(const SessionState &, const SessionState &) = default;
};

} // namespace sockeye
