#pragma once

#include "profiles/Endpoint.h"

#include <QWidget>

namespace sockeye {

class PathField;
class Prompts;

/// The options' page about TLS: whom to trust beside the system's authorities, and who we are.
class TlsPage final : public QWidget
{
    Q_OBJECT

public:
    explicit TlsPage(Prompts &prompts, QWidget *parent = nullptr);

    /// What it does not show is kept.
    [[nodiscard]] TlsOptions options() const;
    void setOptions(const TlsOptions &options);

Q_SIGNALS:
    void changed();

private:
    [[nodiscard]] PathField *addField(const QString &name, const QString &filter, const QString &explanation,
                                      Prompts &prompts);

    TlsOptions m_options;
    PathField *m_ca;
    PathField *m_certificate;
    PathField *m_key;
};

} // namespace sockeye
