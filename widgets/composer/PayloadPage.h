#pragma once

#include "wire/Outgoing.h"

#include <QWidget>

namespace sockeye {

class SendOptions;

/// What a page of the composer says about its payload as it stands.
struct PayloadCheck
{
    /// Whether the payload can be sent.
    bool isValid = false;
    /// Whether it is being read, so that it cannot be sent now.
    bool isBusy = false;
    /// Why it cannot be sent, in a sentence; empty where nothing is wrong yet.
    QString problem;
    /// Its size and frames: "9 B · 1 frame".
    QString info;
    /// Whether the payload breaks a rule of the protocol; it can be sent all the same.
    bool breaksRule = false;
};

/// A page of the composer on which one kind of payload is written.
class PayloadPage : public QWidget
{
    Q_OBJECT

public:
    ~PayloadPage() override;

    /// Checks what is on the page at this moment, as it would be sent with these options.
    [[nodiscard]] virtual PayloadCheck check(const SendOptions &options) = 0;
    /// Takes the payload off the page: ready() or failed() follows, at once or later.
    virtual void send() = 0;
    /// Whether SendOptions apply to what is written here.
    [[nodiscard]] virtual bool takesOptions() const { return true; }
    /// Gives the focus to the field for the payload.
    virtual void focusPayload();

Q_SIGNALS:
    /// The payload is to be checked again.
    void changed();
    /// Ctrl+Return was pressed on the page.
    void sendRequested();
    /// The payload to send: a text or binary message for the options to apply to, or raw bytes.
    void ready(const sockeye::Outgoing &payload);
    /// Why a payload cannot be taken, in a sentence.
    void failed(const QString &message);

protected:
    explicit PayloadPage(QWidget *parent);
};

} // namespace sockeye
