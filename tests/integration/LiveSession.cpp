#include "integration/LiveSession.h"

namespace sockeye::test {

LiveSession::LiveSession()
{
    Result<std::unique_ptr<CaptureWriter>> writer = CaptureWriter::create(path());
    if (!writer)
        qFatal("%s", qUtf8Printable(writer.message()));
    m_writer = std::move(writer).value();
    m_session = std::make_unique<Session>(*m_writer, m_clock);
}

Result<Recorded> LiveSession::finish()
{
    m_session.reset();
    if (Result<> finished = m_writer->finish(); !finished)
        return finished.error();
    return readCapture(path());
}

} // namespace sockeye::test
