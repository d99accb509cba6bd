#pragma once

#include "reading/CaptureReader.h"

#include <QWidget>

namespace sockeye {

class CaptureLoader;
class Prompts;

/// Shows one entry of a capture: its message as text and hex, its frames, and its connection's handshake, timing,
/// TLS and end. Everything is
/// read through the loader; what an older choice asked for is dropped when it comes late.
class Inspector final : public QWidget
{
    Q_OBJECT

public:
    explicit Inspector(QWidget *parent = nullptr);
    ~Inspector() override;

    /// The capture to read from; null for none. The loader outlives its use.
    void setLoader(CaptureLoader *loader);
    /// Who asks where to save a payload; null for file dialogs. Outlives its use.
    void setPrompts(Prompts *prompts);
    /// Shows the entry; EntryId() for none.
    void showEntry(EntryId id);
    /// The connection that is shown while no entry is chosen; re-read each time this is called.
    void showConnection(ConnectionId id);
    /// Whether there is a connection to try again leniently; lenientWanted() follows. Not for a capture's file.
    void setLenientOffered(bool offered);

Q_SIGNALS:
    /// A line for the status bar: "Entry 7, 96 B", "bytes 28–36 (9)".
    void statusText(const QString &text);
    void lenientWanted();

private:
    class Private;
    std::unique_ptr<Private> m_d;
};

} // namespace sockeye
