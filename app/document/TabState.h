#pragma once

#include "document/ComposerDraft.h"
#include "endpoint/Endpoint.h"
#include "formats/DecodeOptions.h"
#include "formats/FieldColumns.h"
#include "log/LogModel.h"
#include "profiles/NotifyOptions.h"

namespace sockeye {

/// A tab as it is found again at the next start of the program.
struct TabState
{
    /// Without the passwords in its URLs once it has been written to a file.
    Endpoint endpoint;
    NotifyOptions notify;
    DecodeOptions decode;
    ColumnOptions columns;
    /// The id of the profile that the tab came from; empty for none.
    QString profileId;
    /// The name that the user gave the tab; empty for none.
    QString name;
    /// The path of the capture that the tab shows; empty for none.
    QString capture;
    /// Whether the capture was opened from a file; else it is what the tab's connection recorded.
    bool isFile = false;
    /// Whether the tab was connected, or about to be.
    bool wasOpen = false;
    QString filter;
    LogModel::FilterMode filterMode = LogModel::FilterMode::Hide;
    LogModel::Quiet quiet;
    ComposerDraft draft;

    friend bool operator==(const TabState &, const TabState &) = default;
};

} // namespace sockeye
